package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.NginxServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sites that answer in ways of their own, or have old locations for our paths. */
final class OddSiteTest {
  @RegisterExtension static final OpenGateway GATEWAY = new OpenGateway();

  @TempDir Path folder;
  private Machine machine;

  @BeforeEach
  void prepare() {
    machine = new Machine(folder, GATEWAY.port());
  }

  @AfterEach
  void stop() {
    machine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"return 444;", "return 302 /ui/;", "deny all;"})
  void mayAnswerNothingOrAnythingBeside(String answer) {
    siteWith("location / { " + answer + " }");

    installed();
  }

  @Test
  void maySendOneOfTheirSocketsToAnother() {
    int plain = NginxServer.freePort();
    machine.write(
        "sites-enabled/push",
        """
        server {
            listen 127.0.0.1:%d;
            listen 127.0.0.1:%d;
            server_name push.example.com;
            if ($server_port = %2$d) { return 301 https://$host$request_uri; }
            location / { return 200 "the site"; }
        }
        """
            .formatted(machine.port(), plain));
    machine.start();

    Finished run = installed();

    assertThat(run.output())
        .contains("skipped: push.example.com at 127.0.0.1:%d redirects".formatted(plain))
        .contains("proven: push.example.com at 127.0.0.1:" + machine.port());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "^/api/v1/notifications/ws/(.*)$          ; true",
        "\"^\\/api\\/v1\\/notifications/(?:ws|sse)/\" ; true",
        "^/api/v1/notifications/ws$               ; true",
        "^/api/v1/notifications/(ws|sse)(/|$)     ; true",
        "^/api/v1/notifications/ws                ; false",
        "^/api/v1/notifications/ws/|^/other/      ; false",
        "^/api/v1/notifications/ws/?              ; false",
        "^/api/v1/notifications/assets/           ; false",
        "/notifications/(news|browse)             ; false",
        "^/api/v1/notifications/(ws|news)/        ; false",
        "^/api/v1/notifications/wsx               ; false",
        "^/api/                                   ; false",
        "\\.(com|css)$                            ; false",
      })
  void onlyWhatTakesNothingButOurPathsIsAdopted(String regex, boolean ours) {
    siteWith("location ~ " + regex + " { return 200 old; }");

    assertThat(machine.install("--adopt").exitCode()).isZero();

    assertThat(machine.read("sites-enabled/push").contains("#pushgate-adopted#")).isEqualTo(ours);
  }

  @Test
  void whatAServerThatIsNotChosenIncludesTooIsNotAdopted() {
    machine.write("old", "location /api/v1/notifications/ws/ { return 200 old; }\n");
    machine.write(
        "sites-enabled/other",
        "server { listen 127.0.0.1:%d; server_name other.org; include old; }"
            .formatted(machine.port()));
    siteWith("include old;");
    Map<String, String> before = machine.tree();

    for (String option : List.of("--adopt", "--port=" + machine.port())) {
      Finished run = machine.install(option, "--host", "push.example.com");

      assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
      assertThat(run.output())
          .contains("old:1: ", "a server too that was not chosen")
          .doesNotContain("with --adopt");
      assertThat(machine.tree()).isEqualTo(before);
    }
  }

  private void siteWith(String location) {
    machine.write(
        "sites-enabled/push",
        Machine.SITE
            .formatted(machine.port())
            .replace("location / { return 200 \"the site\"; }", location));
    machine.start();
  }

  private Finished installed() {
    Finished run = machine.install();
    assertThat(run.exitCode()).as(run.output()).isZero();
    machine.awaitStamp(Machine.STAMP);
    return run;
  }
}
