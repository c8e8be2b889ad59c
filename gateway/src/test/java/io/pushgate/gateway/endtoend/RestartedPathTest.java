package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.Waiting;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one process sent, when another has taken its place. */
class RestartedPathTest {
  private static final String USER = "alice";

  @TempDir Path folder;
  private @Nullable Gateway gateway;

  private Gateway start() throws Exception {
    gateway = Gateway.start(GatewayConfig.of("broker=disk", "data-dir=" + folder).withFreePorts());
    return gateway;
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  private static JsonNode ask(Gateway gateway, String line) throws Exception {
    return new ObjectMapper()
        .readTree(HttpCall.post(gateway.bound().ingressAddress(), "/push", line).body());
  }

  private static String state(Gateway gateway, String id) {
    try {
      JsonNode status = ask(gateway, "{\"op\":\"status\",\"id\":\"%s\"}".formatted(id));
      return status.path("users").path(0).path("state").asText();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isHeldAgainAndStillCountsForWhoseCursorShowsIt(StreamKind kind) throws Exception {
    Gateway first = start();
    for (String id : new String[] {"a", "b", "c"}) {
      ask(first, "{\"to\":\"alice\",\"id\":\"%s\",\"data\":1}".formatted(id));
    }
    String second;
    try (StreamClient client = kind.open(first.bound(), StreamRequest.of(USER))) {
      client.next("welcome");
      client.nextData(2);
      second = client.position();
      client.nextData(1);
      Waiting.until("it was sent", () -> state(first, "c").equals("sent"));
    }
    first.close();

    Gateway next = start();
    assertThat(state(next, "a")).isEqualTo("held");
    try (StreamClient client = kind.open(next.bound(), StreamRequest.of(USER).after(second))) {
      assertThat(client.next("welcome").path("resumed").asBoolean()).isTrue();
      assertThat(state(next, "b")).isEqualTo("sent");
      client.nextData(1);
      client.ack(client.position());
      Waiting.until("it counts", () -> state(next, "c").equals("acknowledged"));
      assertThat(state(next, "a")).isEqualTo("acknowledged");
      assertThat(state(next, "b")).isEqualTo("acknowledged");
    }
  }
}
