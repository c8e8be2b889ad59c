package io.pushgate.gateway.command;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT: the first drains the gateway, each further one makes it hurry. A shutdown
 * hook could do neither, since it ends the process with the signal's code and never hears of a
 * second one. Signals come on a thread of the JVM's own.
 */
final class StopSignals {
  private static final Logger log = LoggerFactory.getLogger(StopSignals.class);

  private StopSignals() {}

  static void install(Service service) {
    AtomicInteger count = new AtomicInteger();
    Runnable stop =
        () -> {
          if (count.getAndIncrement() == 0) {
            log.info("draining; a second signal stops at once");
            new Thread(() -> stop(service), "drain").start();
          } else {
            log.info("stopping at once");
            service.cutShort();
          }
        };
    for (String name : List.of("TERM", "INT")) {
      try {
        handle(name, stop);
      } catch (ReflectiveOperationException | RuntimeException unavailable) {
        log.warn("SIG{} ends the process without a drain: {}", name, unavailable.toString());
      }
    }
  }

  /** A stop that fails must not leave a process behind that serves nobody and holds the ports. */
  private static void stop(Service service) {
    try {
      service.close();
    } catch (RuntimeException | Error failed) {
      log.error("stopping failed; ending the process all the same", failed);
      Runtime.getRuntime().halt(Program.FAILED);
    }
  }

  // The JDK exports this API but warns of its use at compile time, which nothing can suppress.
  private static void handle(String name, Runnable stop) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object handler =
        Proxy.newProxyInstance(
            StopSignals.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, args) -> {
              stop.run();
              return null;
            });
    signal
        .getMethod("handle", signal, handlerType)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
  }
}
