package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.ScriptedGateway.Answer;
import io.pushgate.gateway.testing.ScriptedGateway.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the browser's client says about a connection that never opened. */
final class ClientCauseTest extends ScriptedPage {
  private static final Answer REFUSED = new Answer(400, "text/plain", "");

  @BeforeEach
  void loadClient() {
    tab.goTo(gateway.url("/browser/client.html"));
    tab.await("window.ready");
    gateway.refuseHandshakes(REFUSED);
  }

  @Test
  void asksTheGatewayAboutTheSameAttempt() {
    gateway.answerPlainRequests(Answer.problem(426, "{\"code\":\"upgrade_required\"}"));

    tab.eval("begin('alice@example.com', { token: () => 'aaa.bbb' })");

    Request asked = gateway.nextRequest();
    assertThat(asked.method()).isEqualTo("GET");
    assertThat(asked.uri())
        .startsWith("/api/v1/notifications/ws/alice%40example.com?")
        .containsPattern("cid=[A-Za-z0-9_-]{1,64}");
    JsonNode waiting = tab.await("states('waiting')[0]");
    assertThat(waiting.path("cause").path("code").asText()).isEqualTo("upgrade_required");
  }

  @Test
  void reportsTheLineThatIsMissingInTheProxy() {
    JsonNode cause =
        causeOf(
            Answer.problem(
                426,
                """
                {"code":"upgrade_required","detail":"d","attempt":{"seen":true,"status":426,\
                "code":"upgrade_required","fix":"proxy_set_header Upgrade $http_upgrade;"}}"""));

    assertThat(cause.path("code").asText()).isEqualTo("upgrade_required");
    assertThat(cause.path("fix").asText()).isEqualTo("proxy_set_header Upgrade $http_upgrade;");
    assertThat(cause.path("message").asText()).contains("without its upgrade");
  }

  @Test
  void takesTheFixOfThePlainRequestWhereTheAttemptHasNone() {
    JsonNode cause =
        causeOf(
            Answer.problem(
                426,
                """
                {"code":"upgrade_required","fix":"proxy_http_version 1.1;",\
                "attempt":{"seen":true,"status":426,"code":"upgrade_required"}}"""));

    assertThat(cause.path("fix").asText()).isEqualTo("proxy_http_version 1.1;");
  }

  @Test
  void reportsWhatBecameOfTheHandshakeNotOfTheQuestion() {
    JsonNode cause =
        causeOf(
            Answer.problem(
                426,
                """
                {"code":"upgrade_required","attempt":\
                {"seen":true,"status":403,"code":"forbidden_origin"}}"""));

    assertThat(cause.path("code").asText()).isEqualTo("forbidden_origin");
    assertThat(cause.path("status").asInt()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"{\"seen\":false};handshake_lost", "{\"seen\":true,\"status\":101};answer_lost"})
  void tellsAHandshakeThatGotLostFromAnAnswerThatDid(String attempt, String code) {
    JsonNode cause =
        causeOf(
            Answer.problem(
                426, "{\"code\":\"upgrade_required\",\"attempt\":%s}".formatted(attempt)));

    assertThat(cause.path("code").asText()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 429, 502, 504, 418})
  void saysThatSomethingBeforeTheGatewayAnswered(int status) {
    JsonNode cause = causeOf(new Answer(status, "text/html", "<h1>nginx</h1>"));

    assertThat(cause.path("code").asText()).isEqualTo("not_the_gateway");
    assertThat(cause.path("status").asInt()).isEqualTo(status);
    assertThat(cause.path("message").asText()).containsIgnoringCase("proxy").isNotBlank();
  }

  @Test
  void saysThatNothingAnswers() {
    tab.eval("begin('alice', { url: 'http://127.0.0.1:9' })");

    assertThat(tab.await("states('waiting')[0]").path("cause").path("code").asText())
        .isEqualTo("unreachable");
  }

  @Test
  void doesNotTryANameAgainThatTheGatewayDoesNotTake() {
    gateway.answerPlainRequests(
        Answer.problem(400, "{\"code\":\"bad_user\",\"detail\":\"the name has a line break\"}"));

    tab.eval("begin('a\\nb')");

    assertThat(tab.await("states('closed')[0]").path("cause").path("message").asText())
        .isEqualTo("the name has a line break");
  }

  private JsonNode causeOf(Answer plainAnswer) {
    gateway.answerPlainRequests(plainAnswer);
    tab.eval("begin('alice')");
    return tab.await("states('waiting')[0]").path("cause");
  }
}
