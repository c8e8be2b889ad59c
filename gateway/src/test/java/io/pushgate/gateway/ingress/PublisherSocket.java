package io.pushgate.gateway.ingress;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** A publisher as a test writes one: a plain socket, every read with a deadline. */
final class PublisherSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(60).toMillis();

  private final Socket socket;
  private final InputStream in;

  PublisherSocket(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Over a socket that is connected, maybe by TLS. */
  PublisherSocket(Socket connected) throws IOException {
    socket = connected;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  PublisherSocket send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  PublisherSocket send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Whose certificate the other side showed. */
  X509Certificate certificate() throws IOException {
    return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
  }

  /** Says that nothing follows, and goes on reading. */
  PublisherSocket endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads a line without its end; null where the other side has nothing more to say. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  List<String> lines(int count) throws IOException {
    List<String> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lines.add(line());
    }
    return lines;
  }

  byte[] bytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Reads up to the end, which the other side must make. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether there is something to read already. */
  boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
