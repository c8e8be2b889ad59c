package io.pushgate.gateway.supervision;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells systemd how the gateway stands. <em>Any thread</em>; what it does by itself it does on a
 * loop of its own, which no connection can hold up.
 */
final class Systemd implements Supervision {
  private static final long STATUS_SECONDS = 5;

  private final Duration watchdogInterval;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("supervision", true), EpollIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final NotifySocket socket;
  private @Nullable Watchdog watchdog;
  private String told = "";
  private boolean stopping;

  Systemd(SystemdRequest request) {
    watchdogInterval = request.watchdog();
    socket = new NotifySocket(loop, request.socket());
    socket.tell("STATUS=Starting");
  }

  @Override
  public void ready(Supplier<Canary> canary, Supplier<String> status) {
    loop.execute(
        () -> {
          told = status.get();
          socket.tell("READY=1", "STATUS=" + told);
          loop.scheduleWithFixedDelay(
              () -> show(status), STATUS_SECONDS, STATUS_SECONDS, TimeUnit.SECONDS);
          if (!watchdogInterval.isZero()) {
            watchdog = new Watchdog(loop, watchdogInterval, canary.get(), this::live);
            watchdog.start();
          }
        });
  }

  private void live() {
    socket.tell("WATCHDOG=1");
  }

  private void show(Supplier<String> status) {
    String now = status.get();
    if (!stopping && !now.equals(told)) {
      told = now;
      socket.tell("STATUS=" + now);
    }
  }

  @Override
  public void stopping(Duration atMost) {
    loop.execute(
        () -> {
          stopping = true;
          socket.tell(
              "STOPPING=1",
              "STATUS=Draining, for " + atMost.toSeconds() + " s at most",
              "EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(atMost.toNanos()));
          if (watchdog != null) {
            watchdog.stopping();
          }
        });
  }

  /** What was told before is still sent. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
