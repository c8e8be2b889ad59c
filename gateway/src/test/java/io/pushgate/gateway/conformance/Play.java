package io.pushgate.gateway.conformance;

import io.pushgate.gateway.conformance.Case.Then;
import io.pushgate.gateway.websocket.ClientBytes;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays cases against a gateway and says what came of each. The test's thread. */
final class Play {
  private static final String LAST = "are-you-there?";
  private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");
  private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");
  private static final Pattern PROTOCOL = Pattern.compile("sec-websocket-protocol: (\\S+)");

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

  /** Status, code of a refusal, selected protocol, and whether the connection is kept. */
  String handshake(String head, Path path) throws IOException {
    try (Line line = new Line(address)) {
      line.head(head.formatted(path.target()) + "\n");
      String answer = line.readHead();
      String status = answer.split(" ", 3)[1];
      if (status.equals("101")) {
        boolean accepts = answer.contains("\r\nsec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=");
        boolean extended = answer.contains("\r\nsec-websocket-extensions");
        Matcher protocol = PROTOCOL.matcher(answer);
        return status
            + (accepts ? "" : ", another key")
            + (extended ? ", extended" : "")
            + (protocol.find() ? ", " + protocol.group(1) : "");
      }
      Matcher length = LENGTH.matcher(answer);
      boolean bodiless = head.startsWith("HEAD ") || !length.find();
      Matcher code = CODE.matcher(line.readBody(bodiless ? 0 : Integer.parseInt(length.group(1))));
      boolean closes = Pattern.compile("connection: .*close").matcher(answer).find();
      return status + (code.find() ? " " + code.group(1) : "") + (closes ? ", " + line.rest() : "");
    }
  }
}
