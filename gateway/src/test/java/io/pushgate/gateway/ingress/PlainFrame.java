package io.pushgate.gateway.ingress;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a whole binary frame field by field from a stream. One frame each, one thread. */
final class PlainFrame {
  private static final List<String> OPS =
      List.of("hello", "push", "ping", "presence", "status", "recall");
  private static final int HEAD = 16;

  private final DataInputStream in;
  private final PlainRequest request = new PlainRequest();

  private PlainFrame(byte[] body) {
    this.in = new DataInputStream(new ByteArrayInputStream(body));
  }

  static Reading read(byte[] frame) {
    byte[] body = Arrays.copyOfRange(frame, HEAD, frame.length);
    PlainFrame plain = new PlainFrame(body);
    plain.request.ref = Ref.correlation(ByteBuffer.wrap(frame).getLong(8));
    int opcode = frame[5] & 0xff;
    String op = opcode >= 1 && opcode <= OPS.size() ? OPS.get(opcode - 1) : null;
    try {
      if (op != null) {
        plain.fill(op);
        if (plain.in.available() > 0) {
          plain.request.bad();
        }
      }
    } catch (IOException cutShort) {
      plain.request.bad();
    }
    return plain.request.complete(op);
  }

  private void fill(String op) throws IOException {
    switch (op) {
      case "hello" -> {
        text("secret");
        text("publisher");
        text("after");
      }
      case "push" -> push();
      case "presence" -> text("user");
      case "status", "recall" -> text("id");
      default -> {}
    }
  }

  private void push() throws IOException {
    audience(in.readUnsignedByte(), in.readUnsignedShort());
    text("id");
    text("type");
    int ttl = in.readInt();
    if (ttl != -1) {
      request.ttl(Integer.toString(ttl));
    }
    text("collapse");
    int receipt = in.readUnsignedByte();
    request.receipt = receipt == 1;
    if (receipt > 1) {
      request.bad();
    }
    data(bytes(in.readInt()));
  }

  private void audience(int audience, int count) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(name().orElse(""));
    }
    switch (audience) {
      case 0 -> {
        if (count == 1) {
          request.to(names.get(0));
        } else {
          request.bad();
        }
      }
      case 1 -> request.to(names);
      case 2 -> {
        request.to = new Audience.Everyone();
        if (count != 0) {
          request.bad();
        }
      }
      default -> request.bad();
    }
  }

  private void data(byte[] bytes) {
    try {
      JacksonLine.value(bytes).ifPresentOrElse(request::data, request::bad);
    } catch (StreamConstraintsException tooDeep) {
      request.faults.add(NackCode.TOO_LARGE);
    }
  }

  private void text(String field) throws IOException {
    name().ifPresent(text -> request.text(field, text));
  }

  /** Empty where it is left out; what is no UTF-8 is a fault. */
  private Optional<String> name() throws IOException {
    byte[] bytes = bytes(in.readUnsignedShort());
    Optional<String> text = JacksonLine.text(bytes);
    if (text.isEmpty()) {
      request.bad();
    }
    return text.filter(read -> !read.isEmpty());
  }

  private byte[] bytes(int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new IOException("ends inside a field");
    }
    return in.readNBytes(length);
  }
}
