package io.pushgate.gateway.ingress;

import io.pushgate.gateway.fuzz.Agreement;
import io.pushgate.gateway.fuzz.Pieces;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.JsonLines;
import io.pushgate.protocol.testing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * JSON lines: each is what Jackson says of it, a request that is written is read as the same, and
 * the port answers each line once, however the bytes are cut. One thread.
 */
public final class JsonLineFuzzer {
  private static final Reading.Reader READER =
      line -> JsonLines.read(line, 0, line.length, PortRun.MAX_PAYLOAD);

  private JsonLineFuzzer() {}

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    check(input, READER);
  }

  private static void check(byte[] input, Reading.Reader reader) {
    Pieces pieces = new Pieces(input);
    List<byte[]> lines = lines(pieces.whole());
    for (byte[] line : lines) {
      checkLine(line, reader);
    }
    if (!lines.isEmpty() && pieces.whole()[0] == '{') {
      checkPort(pieces, lines);
    }
  }

  private static void checkLine(byte[] line, Reading.Reader reader) {
    Reading found = Reading.of(reader, line.clone());
    JacksonLine.read(line).check(found);
    if (found.envelope() != null) {
      byte[] written = written(found.envelope());
      Agreement.check("read again", found, Reading.of(reader, written));
    }
  }

  private static byte[] written(Envelope envelope) {
    return Bytes.written(out -> JsonLines.writeRequest(envelope, out));
  }

  private static void checkPort(Pieces pieces, List<byte[]> lines) {
    PortRun once = PortRun.of(pieces.ways().get(0));
    List<String> answers = answers(once);
    for (List<byte[]> way : pieces.ways().subList(1, pieces.ways().size())) {
      PortRun run = PortRun.of(way);
      once.checkSame(run);
      Agreement.check("answers", answers, answers(run));
    }
    Agreement.check("answered", lines.size(), answers.size());
    for (int i = 0; i < answers.size(); i++) {
      checkAnswer(JacksonLine.read(lines.get(i)), answers.get(i));
    }
  }

  /** The answers to lines; a gap comes by itself, between any two of them. */
  private static List<String> answers(PortRun run) {
    return lines(run.answers().getBytes(StandardCharsets.ISO_8859_1)).stream()
        .map(Bytes::text)
        .filter(answer -> !answer.startsWith("{\"op\":\"gap\""))
        .toList();
  }

  private static void checkAnswer(Reading expected, String text) {
    boolean nacked = text.startsWith("{\"op\":\"nack\"");
    boolean told =
        expected.faults().stream().anyMatch(code -> text.contains("\"" + code.wire() + "\""));
    if (expected.envelope() == null && !(nacked && told)) {
      throw new AssertionError(
          "expected a nack of %s, found %s".formatted(expected.faults(), text));
    }
  }

  /** The lines of a text that are not empty; LF or CR LF ends them, or the end. */
  private static List<byte[]> lines(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return Stream.of(text.split("\n", -1))
        .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
        .filter(line -> !line.isEmpty())
        .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
        .toList();
  }

  /** The same with low surrogates let pass that follow no high one. */
  public static final class Planted {
    private static final String HIGH = "\\\\u[dD][89abAB][0-9a-fA-F]{2}";
    private static final String LOW = "\\\\u[dD][c-fC-F][0-9a-fA-F]{2}";
    private static final String LONE = "(?<!" + HIGH + ")" + LOW;

    private Planted() {}

    /** Called by the fuzzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
      check(input, line -> READER.read(withoutLone(line)));
    }

    private static byte[] withoutLone(byte[] line) {
      String text = new String(line, StandardCharsets.ISO_8859_1);
      return text.replaceAll(LONE, "?").getBytes(StandardCharsets.ISO_8859_1);
    }
  }
}
