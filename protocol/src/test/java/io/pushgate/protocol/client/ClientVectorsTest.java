package io.pushgate.protocol.client;

import static io.pushgate.protocol.testing.Bytes.hex;
import static io.pushgate.protocol.testing.Bytes.utf8;
import static io.pushgate.protocol.testing.Bytes.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.protocol.testing.Vectors;
import io.pushgate.protocol.testing.Vectors.Vector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each published vector of the public port, read and written. */
class ClientVectorsTest {
  static List<Vector> clientFrames() {
    return Vectors.of("clientFrames");
  }

  static List<Vector> serverFrames() {
    return Vectors.of("serverFrames");
  }

  @ParameterizedTest
  @MethodSource("clientFrames")
  void aFrameFromTheClientIsReadAndWritten(Vector vector) throws MalformedFrame {
    byte[] bytes = hex(vector.text("hex"));
    assertThat(bytes).isEqualTo(utf8(vector.text("text")));
    ClientFrame frame = ClientFrames.read(bytes, 0, bytes.length);
    assertThat(written(out -> ClientFrames.write(frame, out))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("serverFrames")
  void aFrameToTheClientIsReadAndWritten(Vector vector) {
    byte[] bytes = hex(vector.text("hex"));
    ServerFrame frame = ServerFrames.read(bytes.clone());
    assertThat(written(out -> ServerFrames.write(frame, out))).isEqualTo(utf8(vector.text("text")));
  }

  @Test
  void everyKindHasAVector() throws MalformedFrame {
    Set<Class<?>> kinds = new HashSet<>();
    for (Vector vector : clientFrames()) {
      byte[] bytes = hex(vector.text("hex"));
      kinds.add(ClientFrames.read(bytes, 0, bytes.length).getClass());
    }
    for (Vector vector : serverFrames()) {
      kinds.add(ServerFrames.read(hex(vector.text("hex"))).getClass());
    }
    assertThat(kinds)
        .contains(ClientFrame.class.getPermittedSubclasses())
        .contains(ServerFrame.class.getPermittedSubclasses());
  }
}
