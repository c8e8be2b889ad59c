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

/** The JDK's WebSocket client as a user with a token, sent as browsers can. For one test thread. */
public final class TokenSocket implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;

  private TokenSocket() {}

  /** Connects to a gateway on this machine. */
  public static TokenSocket connect(int port, String name, String token) throws Exception {
    TokenSocket client = new TokenSocket();
    client.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("pushgate.v1", "bearer." + token)
            .connectTimeout(PATIENCE)
            .buildAsync(
                URI.create("ws://127.0.0.1:%d/api/v1/notifications/ws/%s".formatted(port, name)),
                client.new Queue())
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return client;
  }

  public void send(String text) throws Exception {
    socket.sendText(text, true).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The next text message; fails if none comes in time. */
  public String next() throws InterruptedException {
    String message = messages.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError("no message within " + PATIENCE);
    }
    return message;
  }

  /** Waits for the gateway's Close frame. */
  public int closeCode() throws Exception {
    return closed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether no Close frame comes for so long. */
  public boolean isOpenAfter(Duration time) throws Exception {
    try {
      closed.get(time.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException stillOpen) {
      return true;
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Queue implements WebSocket.Listener {
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
