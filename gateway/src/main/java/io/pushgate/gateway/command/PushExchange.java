package io.pushgate.gateway.command;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.JsonLines;
import io.pushgate.protocol.ingress.Ref;
import io.pushgate.protocol.ingress.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One push over one connection of its own, in JSON lines. Main thread, on which it waits. */
final class PushExchange {
  private static final int NACKED = 3;
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int ANSWER_TIMEOUT_MILLIS = 30_000;

  private final Endpoint endpoint;
  private final Optional<SSLContext> tls;
  private final PrintWriter out;

  PushExchange(Endpoint endpoint, Optional<SSLContext> tls, PrintWriter out) {
    this.endpoint = endpoint;
    this.tls = tls;
    this.out = out;
  }

  /** Prints what the gateway answers and returns the exit code. */
  int run(@Nullable String secret, IngressRequest.Push push) throws CommandFailure {
    InetSocketAddress address = endpoint.resolve();
    if (address.isUnresolved()) {
      throw unreachable("the host is not known");
    }
    try (Socket tcp = new Socket()) {
      tcp.connect(address, CONNECT_TIMEOUT_MILLIS);
      tcp.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
      Socket socket = tls.isPresent() ? over(tls.get(), tcp) : tcp;
      socket.getOutputStream().write(lines(secret, push));
      return answer(
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    } catch (SocketTimeoutException late) {
      throw unreachable("no answer in time");
    } catch (IOException failed) {
      throw unreachable(String.valueOf(failed.getMessage()));
    }
  }

  private Socket over(SSLContext context, Socket tcp) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(tcp, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // Else any name would do.
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static byte[] lines(@Nullable String secret, IngressRequest.Push push) {
    ByteBuf lines = Unpooled.buffer();
    if (secret != null) {
      JsonLines.writeRequest(
          new Envelope(Ref.NONE, new IngressRequest.Hello(secret, null, null)), lines);
    }
    JsonLines.writeRequest(new Envelope(Ref.NONE, push), lines);
    return ByteBufUtil.getBytes(lines);
  }

  private int answer(BufferedReader in) throws IOException, CommandFailure {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      Reply reply;
      try {
        reply = JsonLines.readAnswer(bytes, 0, bytes.length);
      } catch (IllegalArgumentException noAnswer) {
        throw unreachable("what answers there is no pushgate ingress port");
      }
      IngressAnswer answer = reply == null ? null : reply.answer();
      if (!(answer instanceof IngressAnswer.Ok)) {
        out.println(line);
      }
      if (answer instanceof IngressAnswer.Ack) {
        return 0;
      }
      if (answer instanceof IngressAnswer.Nack) {
        return NACKED;
      }
    }
    throw unreachable("the connection was closed before the answer");
  }

  private CommandFailure unreachable(String why) {
    return new CommandFailure(Program.FAILED, "cannot push to " + endpoint + ": " + why);
  }
}
