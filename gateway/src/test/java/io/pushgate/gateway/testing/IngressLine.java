package io.pushgate.gateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pushgate.gateway.config.ListenConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Pushes as a service would: a line over TCP, and its answer; any thread. */
public final class IngressLine {
  private IngressLine() {}

  /** Pushes a text to one user and returns the line that answers. */
  public static String push(ListenConfig bound, String user, String text) {
    String line = "{\"op\":\"push\",\"to\":\"%s\",\"data\":\"%s\"}\n".formatted(user, text);
    try (Socket socket = new Socket()) {
      socket.connect(bound.ingressAddress());
      socket.getOutputStream().write(line.getBytes(UTF_8));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
