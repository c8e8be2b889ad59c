package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.command.Service;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.NginxServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that stand in for parts of the others: several gateways, and the main context. */
final class VariantsTest {
  private static final String PATHS = "/api/v1/notifications/";

  private Machine machine;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    machine = new Machine(folder, 1);
    machine.write("sites-enabled/push", Machine.SITE.formatted(machine.port()));
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @Test
  void nginxAcceptsTheAdviceForItsMainContext() {
    machine.write(
        "nginx.conf",
        NginxServer.projectFile("main-tuning.conf")
            + machine.read("nginx.conf").replaceAll("(worker_processes|events) .*\\R", ""));

    accepted();
  }

  @Test
  void nginxAcceptsTheUpstreamOfSeveralGateways() {
    machine.write(
        "conf.d/00-pushgate.conf",
        NginxServer.projectFile("conf.d/00-pushgate.conf")
            .replaceFirst("(?s)upstream pushgate \\{.*?\\R}\\R", "")
            .concat(NginxServer.projectFile("variants/several-gateways.conf")));

    accepted();
  }

  @Test
  void withSeveralGatewaysAllOfAUsersPathsLeadToTheSameNode() throws Exception {
    Service one = Gateway.start(GatewayConfig.of("broker=memory", "open=true").withFreePorts());
    Service two = Gateway.start(GatewayConfig.of("broker=memory", "open=true").withFreePorts());
    try {
      machine.start();
      Finished run =
          machine.install(
              "--gateway",
              "127.0.0.1:%d,127.0.0.1:%d"
                  .formatted(one.bound().publicPort(), two.bound().publicPort()));
      assertThat(run.exitCode()).as(run.output()).isZero();

      Set<String> nodes = new HashSet<>();
      for (int user = 0; user < 20; user++) {
        String node = node("ws/user%d@example.com".formatted(user));
        assertThat(node("ws/user%d%%40example.com?cid=1".formatted(user))).isEqualTo(node);
        assertThat(node("ack/user%d@example.com".formatted(user))).isEqualTo(node);
        nodes.add(node);
      }

      assertThat(nodes).hasSize(2).doesNotContain("");
    } finally {
      one.close();
      two.close();
    }
  }

  private String node(String path) {
    return machine.get(PATHS + path).headers().firstValue("X-Pushgate-Gateway").orElse("");
  }

  private void accepted() {
    Finished check = machine.nginx().check();

    assertThat(check.exitCode()).as(check.output()).isZero();
    assertThat(check.output()).doesNotContain("[warn]", "[alert]", "[emerg]");
  }
}
