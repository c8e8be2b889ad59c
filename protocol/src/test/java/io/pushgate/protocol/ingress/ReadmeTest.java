package io.pushgate.protocol.ingress;

import static io.pushgate.protocol.testing.Bytes.hex;
import static io.pushgate.protocol.testing.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.client.ClientFrames;
import io.pushgate.protocol.client.MalformedFrame;
import io.pushgate.protocol.client.ServerFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What README.md shows is what the code reads. */
class ReadmeTest {
  private final List<List<String>> json = new ArrayList<>();
  private String frame = "";

  @BeforeEach
  void readsThePage() throws IOException {
    String fence = "";
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      if (line.startsWith("```")) {
        fence = fence.isEmpty() ? line : "";
        if (fence.equals("```json")) {
          json.add(new ArrayList<>());
        }
      } else if (fence.equals("```json")) {
        json.get(json.size() - 1).add(line);
      } else if (fence.equals("```") && line.matches("([0-9a-f]{2} )*[0-9a-f]{2}( {2,}.*)?")) {
        frame += line.replaceFirst(" {2,}.*", "");
      }
    }
  }

  @Test
  void itsJsonIsRead() throws IOException, MalformedFrame, MalformedRequest {
    assertThat(json).hasSize(5);
    for (String line : json.get(0)) {
      assertThat(ServerFrames.read(utf8(line))).as(line).isNotNull();
    }
    for (String line : json.get(1)) {
      assertThat(ClientFrames.read(utf8(line), 0, utf8(line).length)).isNotNull();
    }
    for (String line : json.get(2)) {
      assertThat(JsonLines.read(utf8(line), 0, utf8(line).length, 100)).isNotNull();
    }
    for (String line : json.get(3)) {
      assertThat(JsonLines.readAnswer(utf8(line), 0, utf8(line).length)).as(line).isNotNull();
    }
    // What an operator is answered is one object over several lines.
    assertThat(new ObjectMapper().readTree(String.join("", json.get(4))).isObject()).isTrue();
  }

  @Test
  void itsBinaryFrameIsAPush() throws FatalFrame, MalformedRequest {
    ByteBuf in = Unpooled.wrappedBuffer(hex(frame));
    assertThat(BinaryFrames.length(in, Limits.MAX_FRAME)).isEqualTo(in.readableBytes());
    assertThat(BinaryFrames.read(in, 100))
        .isEqualTo(
            new Envelope(
                Ref.correlation(1),
                new IngressRequest.Push(
                    new Audience.One(UserId.of("alice@example.com")),
                    "inv-17",
                    null,
                    Payload.of("{\"n\":17}"),
                    IngressRequest.Push.NO_TTL,
                    null,
                    false)));
  }
}
