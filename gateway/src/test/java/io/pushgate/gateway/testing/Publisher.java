package io.pushgate.gateway.testing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A service that pushes JSON lines over a plain socket, and repeats what was unavailable, as the
 * contract asks of it. One thread.
 */
public final class Publisher implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 30_000;
  private static final int MAX_REPEATS = 100;

  private final Socket socket;
  private final BufferedReader in;
  private final BufferedWriter out;

  public Publisher(InetSocketAddress address) {
    try {
      socket = new Socket(address.getAddress(), address.getPort());
      socket.setSoTimeout(DEADLINE_MILLIS);
      socket.setTcpNoDelay(true);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out =
          new BufferedWriter(
              new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends lines, all before the first answer is read, and answers their answers in order. */
  public List<String> ask(List<String> lines) {
    Thread writer = new Thread(() -> write(lines), "publisher");
    writer.start();
    List<String> answers = new ArrayList<>(lines.size());
    try {
      for (int n = 0; n < lines.size(); n++) {
        String answer = in.readLine();
        if (answer == null) {
          throw new AssertionError("the connection ended behind " + n + " answers");
        }
        answers.add(answer);
      }
      writer.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return answers;
  }

  private void write(List<String> lines) {
    try {
      for (String line : lines) {
        out.write(line);
        out.write('\n');
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pushes one and answers the ack. */
  public String push(String line) {
    String answer = ask(List.of(line)).get(0);
    for (int n = 0; answer.contains("\"code\":\"unavailable\"") && n < MAX_REPEATS; n++) {
      String id = answer.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
      String named = line.contains("\"id\"") ? line : "{\"id\":\"" + id + "\"," + line.substring(1);
      answer = ask(List.of(named)).get(0);
    }
    if (!answer.startsWith("{\"op\":\"ack\"")) {
      throw new AssertionError("not acked: " + answer);
    }
    return answer;
  }

  /** A push of this value to a user, or to everyone. */
  public static String line(String user, Object data) {
    return "{\"op\":\"push\",\"to\":\"" + user + "\",\"data\":" + data + "}";
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
