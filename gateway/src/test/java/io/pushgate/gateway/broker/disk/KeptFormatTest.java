package io.pushgate.gateway.broker.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.ListenConfig;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data directories as earlier versions left them, which this one still reads. In that of format 1
 * Alice was sent {@code inv-1}, {@code inv-2}, {@code col-1}, which {@code col-2} replaced, and,
 * behind a restart, {@code inv-3}; Bob acknowledged {@code inv-2}; everybody was sent {@code
 * all-1}.
 */
class KeptFormatTest {
  @TempDir Path folder;

  @Test
  void whatFormatOneHeldIsThere() throws Exception {
    Path data = unpack("format-1.zip");
    GatewayConfig config =
        GatewayConfig.of("broker=disk", "data-dir=" + data, "journal-age=3650d").withFreePorts();
    Gateway gateway = Gateway.start(config);
    try {
      ListenConfig bound = gateway.bound();
      assertThat(idsOf(bound, "alice@example.com", 5))
          .containsExactlyInAnyOrder("inv-1", "inv-2", "col-2", "inv-3", "all-1");
      String request = "{\"op\":\"status\",\"id\":\"inv-2\"}";
      JsonNode status =
          new ObjectMapper()
              .readTree(HttpCall.post(bound.ingressAddress(), "/push", request).body());
      assertThat(status.path("acknowledged").asInt()).isEqualTo(1);
      assertThat(status.path("users").findValuesAsText("user"))
          .containsExactly("alice@example.com", "bob@example.com");
    } finally {
      gateway.close();
    }
  }

  private static List<String> idsOf(ListenConfig bound, String user, int count) throws IOException {
    List<String> ids = new ArrayList<>();
    try (StreamClient client = StreamKind.WEBSOCKET.open(bound, StreamRequest.of(user))) {
      client.next("welcome");
      while (ids.size() < count) {
        ids.add(client.next("notification").path("id").asText());
      }
    }
    return ids;
  }

  private Path unpack(String name) throws IOException {
    Path target = folder.resolve(name);
    try (ZipInputStream zip = new ZipInputStream(KeptFormatTest.class.getResourceAsStream(name))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = target.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
    return target;
  }
}
