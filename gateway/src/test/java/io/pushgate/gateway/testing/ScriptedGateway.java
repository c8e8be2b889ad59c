package io.pushgate.gateway.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A gateway of which a test decides every frame, close and refusal, for what a real one does only
 * in trouble; any thread. It serves the real client files, and test pages below {@code /browser}.
 */
public final class ScriptedGateway implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  /** An HTTP answer, its content type, and its body. */
  public record Answer(int status, String contentType, String body) {
    public static Answer problem(int status, String json) {
      return new Answer(status, "application/problem+json", json);
    }
  }

  /** A plain request: how its target began, and what it carried. */
  public record Request(String method, String uri, String body) {}

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;
  private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private volatile @Nullable Answer handshakeAnswer;
  private volatile Answer plainAnswer = new Answer(204, "text/plain", "");

  public ScriptedGateway() {
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(64 * 1024))
                        .addLast(new ScriptedHandler(ScriptedGateway.this));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** The address of a page on this gateway. */
  public String url(String path) {
    int port = ((InetSocketAddress) listener.localAddress()).getPort();
    return "http://127.0.0.1:%d%s".formatted(port, path);
  }

  /** The next connection that a client opens, over WebSocket or as an event stream. */
  public Peer nextPeer() {
    return take(peers, "no connection came");
  }

  /** The next plain request to the API: a diagnosis, or a POSTed acknowledgement. */
  public Request nextRequest() {
    return take(requests, "no plain request came");
  }

  /** From now on handshakes get this answer in place of 101; null lets them in again. */
  public void refuseHandshakes(@Nullable Answer answer) {
    handshakeAnswer = answer;
  }

  /** From now on plain requests to the API get this answer. */
  public void answerPlainRequests(Answer answer) {
    plainAnswer = answer;
  }

  @Nullable Answer handshakeAnswer() {
    return handshakeAnswer;
  }

  Answer plainAnswer(Request request) {
    requests.add(request);
    return plainAnswer;
  }

  void connected(Peer peer) {
    peers.add(peer);
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  static <T> T take(BlockingQueue<T> queue, String otherwise) {
    try {
      T taken = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (taken == null) {
        throw new AssertionError(otherwise + " within " + PATIENCE_SECONDS + " s");
      }
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(otherwise, e);
    }
  }
}
