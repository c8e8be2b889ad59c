package io.pushgate.gateway.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JDK's WebSocket client, with a queue of what it was told. For one test thread. */
public final class TextSocket implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Queue queue;
  private final WebSocket socket;

  private TextSocket(Queue queue, WebSocket socket) {
    this.queue = queue;
    this.socket = socket;
  }

  /** Connects, offering the gateway's subprotocol and others behind it. */
  public static TextSocket connect(URI url, String... others) throws Exception {
    Queue queue = new Queue();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("pushgate.v1", others)
            .connectTimeout(PATIENCE)
            .buildAsync(url, queue)
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return new TextSocket(queue, socket);
  }

  /** Connects to a gateway on this machine as a user with a token, sent as browsers can. */
  public static TextSocket connect(int port, String user, String token) throws Exception {
    URI url = URI.create("ws://127.0.0.1:%d/api/v1/notifications/ws/%s".formatted(port, user));
    return connect(url, "bearer." + token);
  }

  public void send(String text) throws Exception {
    socket.sendText(text, true).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The next text message; fails if none comes in time. */
  public String next() throws InterruptedException {
    String message = queue.messages.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError("no message within " + PATIENCE);
    }
    return message;
  }

  /** Waits for the gateway's Close frame. */
  public int closeCode() throws Exception {
    return queue.closed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether no Close frame comes for so long. */
  public boolean isOpenAfter(Duration time) throws Exception {
    try {
      queue.closed.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException stillOpen) {
      return true;
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Queue implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        messages.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      closed.completeExceptionally(failure);
    }
  }
}
