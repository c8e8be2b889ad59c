package io.pushgate.protocol.ingress;

import static io.pushgate.protocol.testing.Bytes.hex;
import static io.pushgate.protocol.testing.Bytes.text;
import static io.pushgate.protocol.testing.Bytes.utf8;
import static io.pushgate.protocol.testing.Bytes.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.testing.Vectors;
import io.pushgate.protocol.testing.Vectors.Vector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each published vector of the ingress port, read and written in both forms. */
class IngressVectorsTest {
  static List<Vector> requests() {
    return Vectors.of("publisherRequests");
  }

  static List<Vector> answers() {
    return Vectors.of("gatewayAnswers");
  }

  static List<Vector> refusedFrames() {
    return Vectors.of("refusedFrames");
  }

  static List<Vector> refusedLines() {
    return Vectors.of("refusedLines");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestIsTheSameInBothForms(Vector vector) throws Exception {
    byte[] line = utf8(vector.text("line"));
    Envelope fromLine = JsonLines.read(line, 0, line.length, Limits.DEFAULT_MAX_PAYLOAD);
    Envelope fromFrame = readFrame(hex(vector.text("frame")));
    assertThat(fromFrame.request()).isEqualTo(fromLine.request());
    assertThat(fromFrame.ref()).hasToString(fromLine.ref().toString());
    assertThat(text(written(out -> JsonLines.writeRequest(fromLine, out))))
        .isEqualTo(vector.text("line") + "\n");
    assertThat(written(out -> BinaryFrames.writeRequest(fromFrame, out)))
        .isEqualTo(hex(vector.text("frame")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerIsTheSameInBothForms(Vector vector) throws Exception {
    byte[] line = utf8(vector.text("line"));
    Reply fromLine = JsonLines.readAnswer(line, 0, line.length);
    Reply fromFrame = readAnswer(hex(vector.text("frame")));
    assertThat(fromFrame.answer()).isEqualTo(fromLine.answer());
    assertThat(fromFrame.ref())
        .hasToString(fromLine.ref().isNone() ? "0" : fromLine.ref().toString());
    assertThat(text(written(out -> JsonLines.write(fromLine.ref(), fromLine.answer(), out))))
        .isEqualTo(vector.text("line") + "\n");
    assertThat(written(out -> BinaryFrames.write(fromFrame.ref(), fromFrame.answer(), out)))
        .isEqualTo(hex(vector.text("frame")));
  }

  @ParameterizedTest
  @MethodSource("refusedFrames")
  void aRefusedFrameGetsItsCode(Vector vector) {
    byte[] frame = hex(vector.text("frame"));
    Throwable thrown = catchThrowableOfType(Exception.class, () -> readFrame(frame));
    if (vector.get("closes").booleanValue()) {
      assertThat(thrown).isInstanceOf(FatalFrame.class);
      assertThat(((FatalFrame) thrown).code().wire()).isEqualTo(vector.text("code"));
    } else {
      MalformedRequest fault = (MalformedRequest) thrown;
      assertThat(fault.code().wire()).isEqualTo(vector.text("code"));
      assertThat(fault.id()).isEqualTo(vector.textOrNull("id"));
      assertThat(fault.ref().correlation()).isEqualTo(vector.get("correlation").longValue());
    }
  }

  @ParameterizedTest
  @MethodSource("refusedLines")
  void aRefusedLineGetsItsCode(Vector vector) {
    byte[] line = utf8(vector.text("line"));
    MalformedRequest fault =
        catchThrowableOfType(
            MalformedRequest.class, () -> JsonLines.read(line, 0, line.length, 100));
    assertThat(fault.code().wire()).isEqualTo(vector.text("code"));
    assertThat(fault.id()).isEqualTo(vector.textOrNull("id"));
    String ref = vector.textOrNull("ref");
    assertThat(fault.ref()).hasToString(ref == null ? "" : ref);
  }

  @Test
  void everyKindHasAVector() throws Exception {
    Set<Class<?>> kinds = new HashSet<>();
    for (Vector vector : requests()) {
      kinds.add(readFrame(hex(vector.text("frame"))).request().getClass());
    }
    for (Vector vector : answers()) {
      kinds.add(readAnswer(hex(vector.text("frame"))).answer().getClass());
    }
    assertThat(kinds)
        .contains(IngressRequest.class.getPermittedSubclasses())
        .contains(IngressAnswer.class.getPermittedSubclasses());
  }

  private static Envelope readFrame(byte[] frame) throws FatalFrame, MalformedRequest {
    ByteBuf in = Unpooled.wrappedBuffer(frame);
    try {
      assertThat(BinaryFrames.length(in, Limits.MAX_FRAME)).isEqualTo(frame.length);
      return BinaryFrames.read(in, Limits.DEFAULT_MAX_PAYLOAD);
    } finally {
      in.release();
    }
  }

  private static Reply readAnswer(byte[] frame) throws FatalFrame {
    ByteBuf in = Unpooled.wrappedBuffer(frame);
    try {
      assertThat(BinaryFrames.length(in, Limits.MAX_FRAME)).isEqualTo(frame.length);
      Reply reply = BinaryFrames.readAnswer(in);
      assertThat(in.isReadable()).isFalse();
      return reply;
    } finally {
      in.release();
    }
  }
}
