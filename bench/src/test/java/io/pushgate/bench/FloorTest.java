package io.pushgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.bench.floor.FloorServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The floor keeps the contract as far as the load generator asks for it. */
class FloorTest {

  @Test
  void bringsEveryPushToItsSessionsOnceAndInOrder() throws IOException {
    try (FloorServer floor = new FloorServer(0, 0)) {
      String url = "--url=ws://127.0.0.1:" + floor.publicPort();
      String ingress = "--ingress=127.0.0.1:" + floor.ingressPort();

      BenchRun broadcast =
          BenchRun.of(
              "broadcast",
              "--quiet",
              url,
              ingress,
              "--sessions=20",
              "--in-flight=8",
              "--warmup=0s",
              "--duration=300ms",
              "--payload=70000");
      BenchRun unicast =
          BenchRun.of(
              "unicast",
              "--quiet",
              url,
              ingress,
              "--sessions=20",
              "--users=7",
              "--idle=5",
              "--in-flight=64",
              "--warmup=0s",
              "--duration=300ms");

      assertThat(broadcast.exitCode()).as(broadcast.out() + broadcast.err()).isZero();
      assertThat(broadcast.count("books", "delivered")).isPositive();
      assertThat(unicast.exitCode()).as(unicast.out() + unicast.err()).isZero();
      assertThat(unicast.count("books", "delivered")).isPositive();
    }
  }

  @Test
  void runsInAProcessOfItsOwnBesideTheServer() throws IOException {
    try (FloorServer server = new FloorServer(0, 0)) {
      BenchRun run =
          BenchRun.of(
              "broadcast",
              "--quiet",
              "--url=ws://127.0.0.1:" + server.publicPort(),
              "--ingress=127.0.0.1:" + server.ingressPort(),
              "--sessions=10",
              "--rate=100",
              "--warmup=0s",
              "--duration=500ms",
              "--floor",
              "--server-pid=" + ProcessHandle.current().pid());

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.json().path("floor").path("pushesPerSecondBefore").doubleValue()).isPositive();
      assertThat(run.json().path("ratio").path("deliveryP50").doubleValue()).isPositive();
      assertThat(run.json().path("ratio").has("cpuPerDelivery")).isTrue();
    }
  }
}
