package io.pushgate.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends bytes as they are and reads answers one by one. */
final class RawClient implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Socket socket;
  private final InputStream in;

  /** An answer; header names are in lower case, of doubled headers the values are joined. */
  record Answer(int status, Map<String, String> headers, String body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    String code() throws IOException {
      return json().path("code").asText();
    }

    String header(String name) {
      return headers.get(name);
    }
  }

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(DEADLINE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends text whose characters stand for one byte each; a bare line feed becomes CR LF. */
  RawClient lines(String text) throws IOException {
    return send(text.replace("\n", "\r\n"));
  }

  RawClient send(String latin1) throws IOException {
    socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Answer answer() throws IOException {
    return answer(true);
  }

  /** An answer of which only the head is sent: to HEAD, or in front of a stream. */
  Answer head() throws IOException {
    return answer(false);
  }

  private Answer answer(boolean withBody) throws IOException {
    String status = line();
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (a, b) -> a + ", " + b);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = withBody ? in.readNBytes(length) : new byte[0];
    return new Answer(
        Integer.parseInt(status.split(" ", 3)[1]),
        headers,
        new String(body, StandardCharsets.UTF_8));
  }

  String read(int bytes) throws IOException {
    return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /** Whether the server ends its direction and sends nothing before. */
  boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed behind '" + line + "'");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
