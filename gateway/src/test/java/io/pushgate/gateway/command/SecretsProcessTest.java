package io.pushgate.gateway.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.auth.TokenMint;
import io.pushgate.gateway.testing.GatewayProgram;
import io.pushgate.gateway.testing.TestSession;
import io.pushgate.protocol.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That no token and no secret shows, whichever way it comes and whether or not it is believed. */
class SecretsProcessTest {
  private static final String KEY = "the-key-of-tokens-of-thirty-two-bytes-or-more";
  private static final String OTHER_KEY = "another-key-of-thirty-two-bytes-or-more-of-them";
  private static final String ADMIN_SECRET = "the-operators-secret";
  private static final String WRONG_SECRET = "a-wrong-secret";
  private static final String NONCE = "00112233445566778899aabbccddeeff";
  private static final String HANDSHAKE =
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

  @TempDir private Path folder;

  @Test
  void areNowhereToBeSeen() throws Exception {
    String good = token("key", KEY);
    String forged = token("other", OTHER_KEY);
    Path secretFile = Files.writeString(folder.resolve("admin-secret"), ADMIN_SECRET + "\n");
    List<String> shown = new ArrayList<>();
    try (GatewayProgram gateway =
        GatewayProgram.serveAtDebugLevel(
            "--broker=memory",
            "--drain=0ms",
            "--token-keys=" + folder.resolve("key"),
            "--token-in-query",
            "--admin-secret-file=" + secretFile)) {
      InetSocketAddress publicPort = gateway.bound().publicAddress();
      for (String token : List.of(good, forged)) {
        shown.addAll(carryEachWay(publicPort, token));
      }
      shown.add(renew(publicPort, good, forged));
      InetSocketAddress ingress = gateway.bound().ingressAddress();
      shown.add(ask(ingress, "{\"op\":\"hello\",\"secret\":\"" + WRONG_SECRET + "\"}\n{x}\n"));
      shown.add(ask(ingress, post("/push", WRONG_SECRET)));
      InetSocketAddress admin = gateway.bound().adminAddress();
      for (String path : List.of("/metrics", "/api/refusals", "/api/sessions", "/nothing")) {
        String close = "Connection: close\r\nAuthorization: Bearer ";
        shown.add(exchange(admin, get(path, close + ADMIN_SECRET), false));
        shown.add(exchange(admin, get(path, close + WRONG_SECRET), false));
      }
      shown.add(Files.readString(Path.of("/proc/" + gateway.process().pid() + "/cmdline"), UTF_8));
      gateway.process().terminate();
      assertThat(gateway.process().exitCode()).isZero();
      shown.add(gateway.process().printed());
    }

    String all = String.join("\n", shown);
    for (String word :
        List.of(
            "101 Switching",
            "\"code\":\"unauthorized\"",
            "\"line\":\"GET ",
            "request line 'GET /api/v1/notifications/ws/me?...'",
            "target 'https://localhost/api/v1/notifications/ws/me?...'",
            "refused 40",
            "pushgate_deliveries_total",
            "\"refusals\":[{",
            "--token-keys=",
            "DEBUG ")) {
      assertThat(all.contains(word)).as("all is there, as %s", word).isTrue();
    }
    for (String secret :
        List.of(KEY, ADMIN_SECRET, WRONG_SECRET, signature(good), signature(forged))) {
      int at = all.indexOf(secret);
      assertThat(all.substring(Math.max(0, at - 200), Math.max(0, at))).isEmpty();
    }
  }

  /** The answers to a handshake, to a plain request, and how the gateway says that they arrived. */
  private static List<String> carryEachWay(InetSocketAddress port, String token)
      throws IOException {
    List<String> answers = new ArrayList<>();
    for (String header :
        List.of(
            "Authorization: Bearer " + token,
            "Authorization: Basic " + token,
            "Sec-WebSocket-Protocol: pushgate.v1, bearer." + token,
            "Sec-WebSocket-Protocol: bearer." + token,
            "Cookie: pushgate_token=" + token)) {
      answers.add(ask(port, get("/api/v1/notifications/ws/alice", HANDSHAKE + probed(header))));
      answers.add(ask(port, get("/api/v1/notifications/ws/bob?cid=c", probed(header))));
    }
    String query = "?token=" + token;
    answers.add(ask(port, get("/api/v1/notifications/ws/alice" + query, HANDSHAKE + probed(""))));
    answers.add(ask(port, get("/api/v1/notifications/ws/bob" + query, probed(""))));
    answers.add(ask(port, get("/api/v1/nothing" + query, probed(""))));
    for (String line :
        List.of(
            "GET /api/v1/notifications/ws/me%s HTTP/1.2",
            "GET /api/v1/notifications/ws/me%s#here HTTP/1.1",
            "GET /api/v1/notifications/ws/me%s and more HTTP/1.1",
            "GET https://localhost/api/v1/notifications/ws/me%s HTTP/1.1",
            "GET /api/v1/notifications/ws/me%s")) {
      answers.add(
          ask(port, line.formatted(query) + "\r\nHost: localhost\r\n" + HANDSHAKE + "\r\n"));
    }
    answers.add(ask(port, get("/api/v1/notifications/probe/" + NONCE, "")));
    return answers;
  }

  private static String probed(String header) {
    return header + (header.isEmpty() ? "" : "\r\n") + "X-Pushgate-Probe: " + NONCE;
  }

  /** A session renews its token by the good one, and by one that is not believed. */
  private static String renew(InetSocketAddress port, String good, String forged)
      throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String path = "/api/v1/notifications/ws/alice";
    said.writeBytes(get(path, HANDSHAKE + "Authorization: Bearer " + good).getBytes(ISO_8859_1));
    for (String token : List.of(good, forged)) {
      said.writeBytes(TestSession.text("{\"op\":\"auth\",\"token\":\"" + token + "\"}"));
    }
    said.writeBytes(TestSession.frame(0x88, new byte[] {3, (byte) 0xe8}));
    String heard = ask(port, said.toString(ISO_8859_1));
    assertThat(heard).contains("\"op\":\"authenticated\"", "\"code\":\"unauthorized\"");
    return heard;
  }

  private static String get(String path, String headers) {
    String more = headers.isEmpty() ? "" : headers + "\r\n";
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
  }

  private static String post(String path, String secret) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
        + ("Authorization: Bearer " + secret + "\r\n\r\nx");
  }

  private static String ask(InetSocketAddress port, String request) throws IOException {
    return exchange(port, request, true);
  }

  /** Sends it, and nothing more where it ends with it, and reads to the end. */
  private static String exchange(InetSocketAddress port, String request, boolean ends)
      throws IOException {
    try (Socket socket = new Socket(port.getAddress(), port.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      if (ends) {
        socket.shutdownOutput();
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String token(String file, String key) throws IOException {
    Path keys = Files.writeString(folder.resolve(file), key);
    return TokenMint.of(keys)
        .token(UserId.of("alice"), Duration.ofMinutes(1), Optional.empty(), Optional.empty());
  }

  private static String signature(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }
}
