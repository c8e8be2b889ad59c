package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Main;
import io.pushgate.gateway.testing.ChildJvm;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.NotifyListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program in a process of its own, as systemd starts it. */
class SupervisedProcessTest {
  private static final Pattern ADMIN = Pattern.compile("admin=127\\.0\\.0\\.1:(\\d+)");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void tellsWhenItServesThatItLivesAndWhenItStops(String broker) throws Exception {
    try (NotifyListener systemd = NotifyListener.at(folder.resolve("notify").toString());
        ChildJvm gateway =
            serve(broker, Map.of("NOTIFY_SOCKET", systemd.name(), "WATCHDOG_USEC", "4000000"))) {
      InetSocketAddress admin = admin(gateway);

      assertThat(systemd.await("READY=1")).contains("STATUS=0 sessions of 0 users");
      systemd.await("WATCHDOG=1");
      systemd.await("WATCHDOG=1");

      assertThat(HttpCall.get(admin, "/metrics").body())
          .containsPattern("pushgate_canaries_total\\{outcome=\"arrived\"} [1-9]");

      gateway.terminate();
      assertThat(systemd.await("STOPPING=1")).contains("EXTEND_TIMEOUT_USEC=25000000");
      assertThat(gateway.exitCode()).isZero();
    }
  }

  @Test
  void findsAListenerInTheAbstractNamespaceToo() throws Exception {
    try (NotifyListener systemd = NotifyListener.at("@pushgate-test-" + UUID.randomUUID());
        ChildJvm gateway =
            serve("memory", Map.of("NOTIFY_SOCKET", systemd.name(), "WATCHDOG_USEC", "4000000"))) {
      systemd.await("READY=1");
      systemd.await("WATCHDOG=1");
      assertThat(gateway.isAlive()).isTrue();
    }
  }

  @Test
  void givesNoSignOfLifeWhereAnotherProcessIsWatched() throws Exception {
    Map<String, String> environment =
        Map.of(
            "NOTIFY_SOCKET",
            folder.resolve("notify").toString(),
            "WATCHDOG_USEC",
            "1000",
            "WATCHDOG_PID",
            "1");
    try (NotifyListener systemd = NotifyListener.at(folder.resolve("notify").toString());
        ChildJvm gateway = serve("memory", environment)) {
      InetSocketAddress admin = admin(gateway);
      systemd.await("READY=1");

      assertThat(HttpCall.get(admin, "/metrics").body()).doesNotContain("pushgate_canaries");
      gateway.terminate();
      systemd.await("STOPPING=1");
      assertThat(gateway.exitCode()).isZero();
      assertThat(systemd.drain()).noneMatch(told -> told.contains("WATCHDOG"));
    }
  }

  @Test
  void servesAllTheSameWhereNobodyListens() throws Exception {
    String nowhere = folder.resolve("nowhere").toString();
    try (ChildJvm gateway =
        serve("memory", Map.of("NOTIFY_SOCKET", nowhere, "WATCHDOG_USEC", "4000000"))) {
      assertThat(gateway.awaitErr("systemd was not told")).contains("WARN");
      assertThat(HttpCall.get(admin(gateway), "/readyz").statusCode()).isEqualTo(200);
      gateway.terminate();
      assertThat(gateway.exitCode()).isZero();
    }
  }

  private ChildJvm serve(String broker, Map<String, String> environment) throws Exception {
    return ChildJvm.start(
        Main.class,
        environment,
        "--broker=" + broker,
        "--data-dir=" + folder.resolve("data"),
        "--public-port=0",
        "--ingress-port=0",
        "--admin-port=0");
  }

  private static InetSocketAddress admin(ChildJvm gateway) throws InterruptedException {
    Matcher port = ADMIN.matcher(gateway.awaitOut("listening "));
    assertThat(port.find()).isTrue();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)));
  }
}
