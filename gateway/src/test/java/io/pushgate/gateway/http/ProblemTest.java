package io.pushgate.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void aProblemIsWrittenWithItsMembersAndHeaders() {
    Problem problem =
        Problem.of(ProblemCode.RATE_LIMITED, "slow down")
            .with("hop", Map.of("Host", "a\"b"))
            .with("seen", true)
            .with("list", List.of(1, 2L))
            .withHeader("Retry-After", "3");
    FullHttpResponse response = problem.response();
    assertThat(response.status().code()).isEqualTo(429);
    assertThat(response.headers().entries().stream().map(e -> e.getKey() + ": " + e.getValue()))
        .containsExactlyInAnyOrder(
            "content-type: application/problem+json",
            "content-length: " + response.content().readableBytes(),
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "Retry-After: 3");
    assertThat(response.content().toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"title":"Too Many Requests","status":429,"code":"rate_limited","detail":"slow down",\
            "hop":{"Host":"a\\"b"},"seen":true,"list":[1,2]}""");
  }

  @Test
  void textThatIsNoUnicodeIsStillWrittenAsJson() throws Exception {
    byte[] json = ProblemJson.write(Problem.of(ProblemCode.BAD_USER, "é \ud800 \u0000"));
    assertThat(new ObjectMapper().readTree(json).get("detail").asText())
        .isEqualTo("é \ud800 \u0000");
  }

  @Test
  void whatAPeerSentIsQuotedCutAndEscaped() {
    assertThat(Quoted.text("a'b\n\u001b[31mé")).isEqualTo("'a\\u0027b\\u000a\\u001b[31m\\u00e9'");
    assertThat(Quoted.text("x".repeat(201))).isEqualTo("'" + "x".repeat(200) + "...'");
  }
}
