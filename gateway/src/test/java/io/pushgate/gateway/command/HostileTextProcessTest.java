package io.pushgate.gateway.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayProgram;
import io.pushgate.gateway.testing.TestSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That nobody writes into an operator's terminal or forges a line of the log by what he sends. */
class HostileTextProcessTest {
  private static final String FORGED = "FORGED";

  /** Clears a screen, begins a line, turns text around, ends a string, is a C1 control, is long. */
  private static final List<String> TEXTS =
      List.of(
          "\u001b[2J\u001b]0;title\u0007",
          "\r\n" + FORGED + ": all is well",
          "\n" + FORGED,
          "\u202etxet",
          "\0",
          "\u009b31m\u2028",
          "x".repeat(10_000));

  private static final String WS = "/api/v1/notifications/ws/";
  private static final List<String> HEADERS =
      List.of(
          "Host",
          "Origin",
          "User-Agent",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "Sec-WebSocket-Protocol",
          "Sec-WebSocket-Key",
          "Upgrade",
          "Authorization");

  /** What the longest words of a peer come to when all of them are escaped. */
  private static final int LONGEST_LINE = 10_000;

  private int connections;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void standsInTheLogEscapedAndCutAtMost(boolean debug) throws Exception {
    String[] options = {"--broker=memory", "--event-loops=1", "--drain=0ms", "--open"};
    try (GatewayProgram gateway =
        debug ? GatewayProgram.serveAtDebugLevel(options) : GatewayProgram.serve(options)) {
      for (String text : TEXTS) {
        askPublicPort(gateway.bound().publicAddress(), text);
        askAdminPort(gateway.bound().adminAddress(), text);
        askIngressPort(gateway.bound().ingressAddress(), text);
        talk(gateway.bound().publicAddress(), text);
      }
      gateway.process().terminate();
      assertThat(gateway.process().exitCode()).isZero();

      String printed = gateway.process().printed();
      assertThat(printed).contains("refused 4", "; arrived: ", "\\u202e", "\\u001b");
      assertThat(printed.split("\n", -1))
          .allSatisfy(
              line ->
                  assertThat(line)
                      .matches("\t?[\\x20-\\x7e]*")
                      .doesNotStartWith(FORGED)
                      .hasSizeLessThan(LONGEST_LINE));
    }
  }

  private void askPublicPort(InetSocketAddress port, String text) throws IOException {
    for (String header : HEADERS) {
      String host = header.equals("Host") ? "" : "Host: localhost\r\n";
      ask(port, "GET " + WS + "alice HTTP/1.1\r\n" + host + header + ": " + text + "\r\n\r\n");
    }
    for (String target :
        List.of(
            WS + text,
            WS + encoded(text),
            WS + encoded(text) + "/" + encoded(text),
            text,
            "/" + encoded(text),
            WS + "alice?after=" + encoded(text),
            WS + "alice?cid=" + encoded(text),
            WS + "alice?window=" + encoded(text),
            WS + "alice?" + text)) {
      ask(port, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    ask(port, text + " " + WS + "alice HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ask(port, text + "\r\n\r\n");
  }

  private void askAdminPort(InetSocketAddress port, String text) throws IOException {
    for (String target :
        List.of(
            "/" + text,
            "/api/users/" + encoded(text),
            "/api/notifications/" + encoded(text),
            "/api/sessions?limit=" + encoded(text))) {
      ask(port, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    for (String header : List.of("Host", "Origin", "Sec-Fetch-Site", "Authorization")) {
      String host = header.equals("Host") ? "" : "Host: localhost\r\n";
      ask(port, "GET /livez HTTP/1.1\r\n" + host + header + ": " + text + "\r\n\r\n");
    }
    ask(port, text + " /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private void askIngressPort(InetSocketAddress port, String text) throws IOException {
    String json = json(text);
    for (String line :
        List.of(
            "{" + text + "}",
            "{\"op\":" + json + "}",
            "{\"op\":\"hello\",\"publisher\":" + json + ",\"after\":" + json + "}",
            "{\"op\":\"push\",\"ref\":" + json + ",\"to\":" + json + ",\"data\":" + json + "}",
            "{\"op\":\"push\",\"to\":\"a\",\"data\":1,\"id\":" + json + ",\"type\":" + json + "}",
            "{\"op\":\"push\",\"to\":\"a\",\"data\":1,\"collapse\":" + json + "}",
            "{\"op\":\"status\",\"id\":" + json + "}")) {
      ask(port, line + "\n{\"op\":\"ping\"}\n");
    }
    ask(port, text);
    ask(port, "\0\0\0" + (char) 40 + "\1\2\0\0\0\0\0\0\0\0\0\1" + (text + "y".repeat(40)));
    ask(port, "\0\0\0" + (char) 40 + text + "y".repeat(40));
    ask(port, "POST /push?publisher=" + encoded(text) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ask(port, "POST /" + text + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ask(port, "POST /push HTTP/1.1\r\nHost: " + text + "\r\n\r\n");
  }

  /** A session under this name where it may be one, which says this and that. */
  private void talk(InetSocketAddress port, String text) throws IOException {
    String name = text.equals("\u202etxet") ? encoded(text) : "alice";
    String head =
        "GET "
            + WS
            + name
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    String small = text.substring(0, Math.min(text.length(), 500));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    said.writeBytes(head.getBytes(UTF_8));
    said.writeBytes(TestSession.text(small));
    said.writeBytes(TestSession.text("{\"op\":" + json(small) + "}"));
    said.writeBytes(TestSession.text("{\"op\":\"ack\",\"cursor\":" + json(small) + "}"));
    said.writeBytes(TestSession.text("{\"op\":\"auth\",\"token\":" + json(small) + "}"));
    said.writeBytes(TestSession.text("ping"));
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(said.toByteArray());
      ByteArrayOutputStream heard = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        heard.write(octet);
        if (heard.toString(ISO_8859_1).endsWith("\u0081\u0004pong")) {
          break;
        }
      }
      assertThat(heard.toString(ISO_8859_1)).startsWith("HTTP/1.1 101 ").endsWith("pong");
    }
  }

  /** Sends it, and waits for the beginning of an answer or the end. */
  private void ask(InetSocketAddress port, String request) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      socket.shutdownOutput();
      int first = socket.getInputStream().read();
      assertThat(first).isBetween(-1, 255);
    }
  }

  /** From an address of its own, since of one address each cause is told once a minute. */
  private Socket connect(InetSocketAddress port) throws IOException {
    connections++;
    Socket socket = new Socket();
    byte[] address = {127, 0, 1, (byte) (1 + connections % 250)};
    socket.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
    socket.connect(port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
    return json.append('"').toString();
  }
}
