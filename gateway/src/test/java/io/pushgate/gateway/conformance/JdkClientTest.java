package io.pushgate.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The JDK's own WebSocket client, which nobody here wrote, on an echo and on a session. */
class JdkClientTest {
  private static final int PATIENCE_SECONDS = 60;

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with("echo=true");

  @Test
  void getsBackWhatItSent() throws InterruptedException {
    Heard heard = new Heard();
    WebSocket client = connect(Path.ECHO, heard);

    Waiting.get(client.sendText("grüße ", false));
    Waiting.get(client.sendText("\ud83d\ude00", true));
    assertThat(heard.next()).isEqualTo("text grüße \ud83d\ude00");

    Waiting.get(client.sendBinary(ByteBuffer.wrap(new byte[1 << 20]), true));
    assertThat(heard.next()).isEqualTo("binary of " + (1 << 20));

    Waiting.get(client.sendPing(ByteBuffer.wrap(new byte[125])));
    assertThat(heard.next()).isEqualTo("pong of 125");

    Waiting.get(client.sendClose(3_456, "enough"));
    assertThat(heard.next()).isEqualTo("close 3456");
  }

  @Test
  void isGreetedByASession() throws InterruptedException {
    Heard heard = new Heard();
    WebSocket client = connect(Path.SESSION, heard);
    assertThat(heard.next()).startsWith("text {\"op\":\"welcome\",\"user\":\"alice\"");

    Waiting.get(client.sendText("ping", true));
    assertThat(heard.next()).isEqualTo("text pong");

    Waiting.get(client.sendBinary(ByteBuffer.allocate(1), true));
    assertThat(heard.next()).isEqualTo("close 1003");
  }

  private WebSocket connect(Path path, WebSocket.Listener listener) {
    int port = gateway.bound().publicAddress().getPort();
    return Waiting.get(
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path.target()), listener));
  }

  /** Whole messages, as lines. */
  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private int bytes;

    String next() throws InterruptedException {
      return String.valueOf(lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public CompletionStage<?> onText(WebSocket client, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        lines.add("text " + text);
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(client, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket client, ByteBuffer data, boolean last) {
      bytes += data.remaining();
      if (last) {
        lines.add("binary of " + bytes);
      }
      return WebSocket.Listener.super.onBinary(client, data, last);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket client, ByteBuffer payload) {
      lines.add("pong of " + payload.remaining());
      return WebSocket.Listener.super.onPong(client, payload);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket client, int code, String reason) {
      lines.add("close " + code);
      return WebSocket.Listener.super.onClose(client, code, reason);
    }
  }
}
