package io.pushgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.HttpCall;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupOnGatewayTest {
  private static final String PUSH = "{\"to\":\"alice\",\"id\":\"%s\",\"data\":1}";

  @TempDir Path folder;

  /** A gateway that ends with its block. */
  private record Running(Gateway gateway) implements AutoCloseable {
    @Override
    public void close() {
      gateway.close();
    }
  }

  private static Running start(String broker, Path data) throws Exception {
    return new Running(
        Gateway.start(GatewayConfig.of("broker=" + broker, "data-dir=" + data).withFreePorts()));
  }

  private static HttpResponse<String> backup(Gateway gateway) {
    return HttpCall.post(gateway.bound().adminAddress(), "/api/backup", "");
  }

  private static void push(Gateway gateway, String id) {
    String answer =
        HttpCall.post(gateway.bound().ingressAddress(), "/push", PUSH.formatted(id)).body();
    assertThat(answer).contains("\"op\":\"ack\"");
  }

  private static int statusOf(Gateway gateway, String id) {
    return HttpCall.get(gateway.bound().adminAddress(), "/api/notifications/" + id).statusCode();
  }

  @Test
  void aCopyHoldsWhatWasAckedBeforeItAndServes() throws Exception {
    Path copy;
    try (Running running = start("disk", folder.resolve("data"))) {
      push(running.gateway(), "before");
      HttpResponse<String> answer = backup(running.gateway());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      copy = Path.of(new ObjectMapper().readTree(answer.body()).path("directory").asText());
      assertThat(copy).isDirectory();
      push(running.gateway(), "behind");
      assertThat(statusOf(running.gateway(), "behind")).isEqualTo(200);
    }

    try (Running running = start("disk", copy)) {
      assertThat(statusOf(running.gateway(), "before")).isEqualTo(200);
      assertThat(statusOf(running.gateway(), "behind")).isEqualTo(404);
      push(running.gateway(), "later");
    }
  }

  @Test
  void whatIsInTheHeapAloneCannotBeCopied() throws Exception {
    try (Running running = start("memory", folder.resolve("data"))) {
      assertThat(backup(running.gateway()).statusCode()).isEqualTo(501);
    }
  }
}
