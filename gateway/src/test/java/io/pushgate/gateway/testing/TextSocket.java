package io.pushgate.gateway.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client by the JDK, which is nobody's here, with a queue of what it was told. */
public final class TextSocket implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<String> messages;
  private final WebSocket socket;

  private TextSocket(BlockingQueue<String> messages, WebSocket socket) {
    this.messages = messages;
    this.socket = socket;
  }

  /** Connects, offering the gateway's subprotocol. */
  public static TextSocket connect(URI url) throws Exception {
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("pushgate.v1")
            .connectTimeout(PATIENCE)
            .buildAsync(url, new Queue(messages))
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return new TextSocket(messages, socket);
  }

  /** The next text message; fails if none comes in time. */
  public String next() throws InterruptedException {
    String message = messages.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError("no message within " + PATIENCE);
    }
    return message;
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Queue implements WebSocket.Listener {
    private final BlockingQueue<String> messages;
    private final StringBuilder partial = new StringBuilder();

    Queue(BlockingQueue<String> messages) {
      this.messages = messages;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        messages.add(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
