package io.pushgate.gateway.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pushgate.gateway.conformance.Case.Then;
import io.pushgate.gateway.websocket.ClientBytes;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays cases against a gateway and says what came of each. The test's thread. */
final class Play {
  private static final String LAST = "are-you-there?";
  private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");

  private final InetSocketAddress address;

  Play(InetSocketAddress address) {
    this.address = address;
  }

  /** The frames that came back, and then {@code lives}, or how the connection ended. */
  String frames(Case played, Path path) throws IOException {
    byte[] bytes = played.bytes;
    if (played.then == Then.PING) {
      bytes = ClientBytes.join(bytes, ClientBytes.frame(0x89, LAST));
    }
    try (Line line = Line.open(address, path)) {
      CompletableFuture<Void> sent = line.send(bytes, played.piece, played.then == Then.END);
      List<String> outcome = new ArrayList<>();
      while (outcome.isEmpty() || !isLast(outcome)) {
        next(line, outcome);
      }
      if (outcome.get(outcome.size() - 1).equals("lives")) {
        sent.join();
      }
      return String.join(", ", outcome);
    }
  }

  private static boolean isLast(List<String> outcome) {
    return outcome.get(outcome.size() - 1).matches("end|reset|silence|lives|more.*|broken.*|no.*");
  }

  private static void next(Line line, List<String> outcome) throws IOException {
    try {
      Frame frame = line.frame();
      if (frame.isPong(LAST)) {
        String goodbye = line.sayGoodbye();
        outcome.add(goodbye.equals("close 1000, end") ? "lives" : "no goodbye but " + goodbye);
        return;
      }
      outcome.add(frame.words());
      if (frame.isClose()) {
        outcome.add(line.rest());
      }
    } catch (EOFException e) {
      outcome.add("end");
    } catch (SocketTimeoutException e) {
      outcome.add("silence");
    } catch (SocketException e) {
      outcome.add("reset");
    }
  }

  /** Status, code of a refusal, selected protocol, and whether the connection is ended. */
  String handshake(String head, Path path) throws IOException {
    try (Line line = new Line(address)) {
      line.head(head.formatted(path.target()) + "\n");
      String answer = line.readHead();
      String status = answer.split(" ", 3)[1];
      return status + (status.equals("101") ? accepted(head, answer) : refused(head, answer, line));
    }
  }

  private static String accepted(String head, String answer) {
    String key = header(head, "Sec-WebSocket-Key").orElse("");
    boolean right = header(answer, "Sec-WebSocket-Accept").equals(Optional.of(accept(key)));
    boolean extended = header(answer, "Sec-WebSocket-Extensions").isPresent();
    return (right ? "" : ", wrong answer to the key")
        + (extended ? ", extended" : "")
        + header(answer, "Sec-WebSocket-Protocol").map(selected -> ", " + selected).orElse("");
  }

  private static String refused(String head, String answer, Line line) throws IOException {
    int length = header(answer, "Content-Length").map(Integer::parseInt).orElse(0);
    Matcher code = CODE.matcher(line.readBody(head.startsWith("HEAD ") ? 0 : length));
    boolean ends =
        header(answer, "Connection").filter(value -> value.endsWith("close")).isPresent();
    return (code.find() ? " " + code.group(1) : "") + (ends ? ", " + line.rest() : "");
  }

  /** The value of a header, of the first where there are several. */
  private static Optional<String> header(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /** By section 4.2.2, point 5. */
  private static String accept(String key) {
    try {
      byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
