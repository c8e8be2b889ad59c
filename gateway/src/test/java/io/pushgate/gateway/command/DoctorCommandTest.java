package io.pushgate.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.nginx.Lines;
import io.pushgate.protocol.testing.ClosedPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor's command: its words, its exit codes, and what it never sends or shows. */
class DoctorCommandTest {
  private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2VjcmV0";

  @TempDir Path folder;
  private final List<Service> gateways = new ArrayList<>();

  @AfterEach
  void stop() {
    gateways.forEach(Service::close);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--quick | --public",
        "--public nowhere | --public: expected such as wss://push.example.com, not 'nowhere'",
        "--public ftp://a | --public: expected such as wss://push.example.com, not 'ftp://a'",
        "--public ws://a?token=x | --public: expected such as",
        "--public ws://a/api/v1/notifications/wsfoo | --public: expected such as",
        "--public ws://a --direct b | --direct: expected such as",
        "--public ws://a --origin b | --origin: expected such as https://site, not 'b'",
        "--public ws://a --host-address b | --host-address: expected an IP address, not 'b'",
        "--public ws://a --ingress b | --ingress: expected HOST:PORT, not 'b'",
        "--public ws://a --idle b | --idle: expected a time such as 70s, not 'b'",
        "--public ws://a --token-file nothing | --token-file: expected a readable file, not 'nothing'",
        "--nginx-conf nothing | --nginx-conf: ",
        "--publc ws://a | unknown option '--publc', the nearest known one is --public"
      })
  void misuseIsOneLineThatNamesTheOptionAndNoVerdict(String words, String message) {
    CommandLineRun run = doctor(words.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(message);
  }

  @Test
  void aGatewayWithoutAnyProxyIsHealthyAndEachHopHasItsLine() throws Exception {
    Service gateway = gateway("broker=memory");
    String url = "ws://127.0.0.1:" + gateway.bound().publicPort();

    CommandLineRun run =
        doctor(
            "--public=" + url,
            "--direct=" + url,
            "--ingress=127.0.0.1:" + gateway.bound().ingressPort(),
            "--idle=1s");

    assertThat(run.out().lines().map(line -> line.replaceAll(" .*", "")).limit(6))
        .containsExactly("client", "dns", "tls", "nginx", "gateway", "tunnel");
    assertThat(run.out()).contains("a push arrived, stood 1 s in silence").endsWith("healthy\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aGatewayThatLetsStrangersInIsOpenToEverybody() throws Exception {
    Service gateway = gateway("broker=memory", "open=true");
    try (Relay proxy = new Relay(gateway.bound().publicPort(), "X-Forwarded-For: 198.51.100.7")) {
      CommandLineRun run =
          doctor(
              "--public=ws://127.0.0.1:" + proxy.port(),
              "--direct=ws://127.0.0.1:" + gateway.bound().publicPort(),
              "--quick",
              "--json");

      assertThat(run.out()).contains("\"code\":\"open_to_everybody\"", "open to everybody");
      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void withoutTokenKeysTheGatewayIsNotOpenButNobodyFromOutsideGetsIn() throws Exception {
    Service gateway = gateway("broker=memory");
    try (Relay proxy = new Relay(gateway.bound().publicPort(), "X-Forwarded-For: 198.51.100.7")) {
      CommandLineRun run =
          doctor(
              "--public=ws://127.0.0.1:" + proxy.port(),
              "--direct=ws://127.0.0.1:" + gateway.bound().publicPort(),
              "--quick");

      assertThat(run.out()).contains("(gateway_refuses)", "--token-keys FILE");
      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aGatewayThatIsNotThereIsNamedBeforeTheSiteIsAsked() throws Exception {
    try (ClosedPort closed = new ClosedPort();
        ScriptedServer site = new ScriptedServer()) {
      String gateway = "127.0.0.1:" + closed.number();
      CommandLineRun run =
          doctor("--public=ws://127.0.0.1:" + site.port(), "--direct=ws://" + gateway);

      assertThat(run.out()).contains("broken: nothing takes connections at " + gateway);
      assertThat(run.out()).containsPattern("nginx +SKIPPED").containsPattern("gateway +BROKEN");
      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aTokenGoesToTheHostsNamedAndIsShownNowhere() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    try (Recorder site = new Recorder("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
      CommandLineRun run =
          doctor("--public=ws://127.0.0.1:" + site.port(), "--token-file=" + file, "--json");

      assertThat(site.seen()).contains("Sec-WebSocket-Protocol: pushgate.v1, bearer." + TOKEN);
      assertThat(site.seen()).contains("GET /api/v1/notifications/ws/me HTTP/1.1");
      assertThat(run.out() + run.err()).doesNotContain(TOKEN).contains("\"not_routed\"");
    }
  }

  @Test
  void aRedirectIsReportedAndNeverFollowed() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), TOKEN);
    try (Recorder elsewhere = new Recorder("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        Recorder site =
            new Recorder(
                "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:%d/api/v1/notifications/ws/me\r\nContent-Length: 0\r\n\r\n"
                    .formatted(elsewhere.port()))) {
      CommandLineRun run = doctor("--public=ws://127.0.0.1:" + site.port(), "--token-file=" + file);

      assertThat(run.out())
          .contains(
              "(redirected)",
              "new WebSocket(\"ws://127.0.0.1:%d/api/v1/notifications/ws/me\")"
                  .formatted(elsewhere.port()));
      assertThat(elsewhere.seen()).isEmpty();
      assertThat(run.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerWithoutEndIsReadNoFurtherThanItMatters() throws Exception {
    for (String endless : List.of("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(64), "x".repeat(64))) {
      try (Recorder site = new Recorder(endless, true)) {
        CommandLineRun run = doctor("--public=ws://127.0.0.1:" + site.port(), "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("\"verdict\":\"broken\"");
      }
    }
  }

  @Test
  void aConfigurationAloneIsJudgedByItsText() throws Exception {
    Path file = folder.resolve("nginx.conf");
    Files.writeString(
        file,
        """
        events {}
        http {
          server {
            listen 80;
            server_name push.example.com;
            location /api/ {
              proxy_pass http://127.0.0.1:8000;
              proxy_set_header Host $http_host;
            }
          }
        }
        """);

    CommandLineRun broken = doctor("--nginx-conf=" + file);

    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.out())
        .contains("where: " + file + ":6", "proxy_set_header Upgrade $http_upgrade;");

    Files.writeString(
        file,
        """
        events {}
        http {
          server {
            listen 80;
            server_name push.example.com;
            %s
          }
        }
        """
            .formatted(String.join("\n", Lines.location("127.0.0.1:8000"))));

    CommandLineRun healthy = doctor("--nginx-conf=" + file, "--json");

    assertThat(healthy.out()).contains("\"verdict\":\"healthy\"");
    assertThat(healthy.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "events {} http {}",
        "server { listen 80; root /x; }",
        "http { server { listen unix:/run/x; } }"
      })
  void aConfigurationWithoutAServerIsNotJudged(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("nginx.conf"), text);

    CommandLineRun run = doctor("--nginx-conf=" + file, "--json");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--nginx-conf: no server").hasLineCount(1);
  }

  private Service gateway(String... lines) throws Exception {
    Service gateway = Gateway.start(GatewayConfig.of(lines).withFreePorts());
    gateways.add(gateway);
    return gateway;
  }

  private static CommandLineRun doctor(String... words) {
    List<String> all = new ArrayList<>(List.of("doctor"));
    all.addAll(Arrays.asList(words));
    return CommandLineRun.of(all.toArray(String[]::new));
  }
}
