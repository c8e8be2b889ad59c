package io.pushgate.gateway.supervision;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.pushgate.gateway.testing.NotifyListener;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifySocketTest {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

  @AfterEach
  void stop() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void whatIsToldBeforeTheSocketIsOpenIsSentInItsOrderOnceItIs(@TempDir Path folder)
      throws Exception {
    String name = folder.resolve("notify").toString();
    EventLoop loop = group.next();
    CountDownLatch free = new CountDownLatch(1);
    try (NotifyListener systemd = NotifyListener.at(name)) {
      loop.submit(() -> free.await(1, TimeUnit.MINUTES));
      NotifySocket socket = new NotifySocket(loop, new DomainSocketAddress(name));
      socket.tell("STATUS=Starting");
      socket.tell("READY=1", "STATUS=Serving");
      free.countDown();

      systemd.await("STATUS=Starting");
      systemd.await("READY=1");
    }
  }
}
