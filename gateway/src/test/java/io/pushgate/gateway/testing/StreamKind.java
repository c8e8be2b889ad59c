package io.pushgate.gateway.testing;

import io.pushgate.gateway.config.ListenConfig;
import java.io.IOException;

/** The two streams a browser can have, which promise the same. */
public enum StreamKind {
  WEBSOCKET {
    @Override
    public StreamClient open(ListenConfig bound, StreamRequest request) throws IOException {
      return WebSocketClient.open(bound, request);
    }
  },
  SSE {
    @Override
    public StreamClient open(ListenConfig bound, StreamRequest request) throws IOException {
      return SseClient.open(bound, request);
    }
  };

  /** Connects to the public port of these; the first frame is not awaited. */
  public abstract StreamClient open(ListenConfig bound, StreamRequest request) throws IOException;
}
