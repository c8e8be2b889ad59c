package io.pushgate.gateway.doctor.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** One connection, read a byte at a time so that nothing behind a head is lost. One thread. */
final class Link implements Closeable {
  /** Of an answer, head and body, no more is looked at. */
  static final int MAX_BYTES = 64 << 10;

  private final Socket socket;
  private final InputStream in;

  private Link(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects, and speaks TLS where the site does. */
  static Link open(SiteUrl site, InetSocketAddress address, Trust trust, Deadline deadline)
      throws IOException {
    Socket tcp = new Socket();
    try {
      tcp.connect(address, deadline.millisLeft());
      tcp.setTcpNoDelay(true);
      if (!site.secure()) {
        return new Link(tcp);
      }
      tcp.setSoTimeout(deadline.millisLeft());
      SSLSocket tls = trust.over(tcp, site);
      tls.startHandshake();
      checkDates(tls);
      return new Link(tls);
    } catch (IOException | RuntimeException e) {
      tcp.close();
      throw e;
    }
  }

  /** Java does not look at the dates of a certificate that is trusted by itself; browsers do. */
  private static void checkDates(SSLSocket tls) throws SSLException {
    try {
      ((X509Certificate) tls.getSession().getPeerCertificates()[0]).checkValidity();
    } catch (CertificateException outOfDate) {
      throw new SSLException("the certificate is not valid today", outOfDate);
    }
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The next byte, or −1 at the end of the stream. */
  int read(Deadline deadline) throws IOException {
    socket.setSoTimeout(deadline.millisLeft());
    return in.read();
  }

  /**
   * Up to a mark, which is kept; less where the stream ends, the bound is reached, or what comes
   * begins otherwise, since that may go on for ever.
   */
  byte[] readTo(String begin, String mark, Deadline deadline) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    int matched = 0;
    while (matched < mark.length() && bytes.size() < MAX_BYTES) {
      int b = read(deadline);
      if (b < 0) {
        break;
      }
      bytes.write(b);
      if (bytes.size() == begin.length() && !bytes.toString(US_ASCII).equals(begin)) {
        break;
      }
      matched = b == mark.charAt(matched) ? matched + 1 : b == mark.charAt(0) ? 1 : 0;
    }
    return bytes.toByteArray();
  }

  /** So many bytes, fewer where the stream ends, the deadline passes or the bound is reached. */
  byte[] readBody(long length, Deadline deadline) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      while (body.size() < Math.min(length, MAX_BYTES)) {
        int b = read(deadline);
        if (b < 0) {
          break;
        }
        body.write(b);
      }
    } catch (SocketTimeoutException enough) {
      // What came by then is what there is.
    }
    return body.toByteArray();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It was to end.
    }
  }
}
