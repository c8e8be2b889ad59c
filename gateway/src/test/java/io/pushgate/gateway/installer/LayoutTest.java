package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where things lie on different machines; each is left as it was found. */
final class LayoutTest {
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

  @Test
  void nginxOrgsKeepsItsSitesInConfD() {
    machine.write("nginx.conf", machine.read("nginx.conf").replace("include sites-enabled/*;", ""));
    machine.delete("sites-enabled");
    machine.delete("snippets");
    machine.write(
        "conf.d/default.conf",
        Machine.SITE.formatted(machine.port()).replace("push.example.com", "localhost"));

    installsAndLeavesNoTrace();
  }

  @Test
  void aMainFileWithoutIncludesTakesALineOfItsOwn() {
    String site = Machine.SITE.formatted(machine.port());
    machine.write(
        "nginx.conf",
        machine
            .read("nginx.conf")
            .replace("include sites-enabled/*;", site)
            .replace("include conf.d/*.conf;", ""));
    for (String each : new String[] {"sites-enabled", "snippets", "conf.d"}) {
      machine.delete(each);
    }

    installsAndLeavesNoTrace();
  }

  @Test
  void theLineStandsBehindWhatNginxTakesOnlyBeforeTheFirstMap() {
    machine.write(
        "nginx.conf",
        machine
            .read("nginx.conf")
            .replace("include conf.d/*.conf;", "")
            .replace(
                "include sites-enabled/*;",
                "map_hash_bucket_size 128; map_hash_max_size 4096;\n    include sites-enabled/*;"));
    machine.write("sites-enabled/push", Machine.SITE.formatted(machine.port()));

    installsAndLeavesNoTrace();
  }

  @Test
  void aMainFileThatIncludesConfDBehindItsSitesTakesALineToo() {
    machine.write(
        "nginx.conf",
        machine
            .read("nginx.conf")
            .replace("include conf.d/*.conf;", "")
            .replace(
                "include sites-enabled/*;", "include sites-enabled/*; include conf.d/*.conf;"));
    machine.write("sites-enabled/push", Machine.SITE.formatted(machine.port()));

    installsAndLeavesNoTrace();
  }

  @Test
  void aMainFileThatIsALinkIsEditedWhereItLies() {
    machine.write(
        "elsewhere/main",
        machine
            .read("nginx.conf")
            .replace("include conf.d/*.conf;", "")
            .replace("include sites-enabled/*;", Machine.SITE.formatted(machine.port())));
    machine.delete("nginx.conf");
    machine.link("nginx.conf", "elsewhere/main");

    installsAndLeavesNoTrace();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "access_log off;            | pushgate.log",
        "access_log /dev/stdout;    | /dev/stdout",
        "access_log \"%s/a b&;c/x\"; | /a b&;c/pushgate.log",
      },
      quoteCharacter = '`')
  void theLogIsWhereTheOthersAre(String directive, String log) throws Exception {
    Files.createDirectories(folder.resolve("a b&;c"));
    machine.write(
        "nginx.conf",
        machine
            .read("nginx.conf")
            .replaceFirst(
                "access_log \\S+;",
                Matcher.quoteReplacement(directive.replace("%s", "" + folder))));
    machine.write("sites-enabled/push", Machine.SITE.formatted(machine.port()));

    // What nginx's own default is belongs to the machine that this runs on.
    Finished run = machine.install("--dry-run");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .containsPattern("(?m)^\\+access_log \"?.*" + Pattern.quote(log) + "\"? pushgate;$")
        .doesNotContain("+access_log /usr/share/");
  }

  @Test
  void includesByAbsolutePathAndAServerOnOneLineWithoutALastLineBreak() {
    machine.write(
        "nginx.conf",
        machine
            .read("nginx.conf")
            .replace(
                "include sites-enabled/*;", "include \"" + folder + "/conf/sites-enabled/*\";"));
    String site = Machine.SITE.formatted(machine.port());
    machine.write("sites-enabled/push", site.strip().replaceAll("\\s*\\R\\s*", " "));

    installsAndLeavesNoTrace();
  }

  @Test
  void aSiteThatIsEnabledTwiceAndSavedOnWindowsIsEditedOnce() {
    machine.write(
        "sites-available/push", Machine.SITE.formatted(machine.port()).replace("\n", "\r\n"));
    machine.link("sites-enabled/a", "../sites-available/push");
    machine.link("sites-enabled/b", "../sites-available/push");

    installsAndLeavesNoTrace();
  }

  @Test
  void bracesInQuotesVariablesAndCommentsAreNoBlocks() {
    machine.write(
        "sites-enabled/push",
        """
        # } server { server_name push.example.com;
        server {
            listen 127.0.0.1:%d; set $host_${server_port} 'a } "'; # }
            set $brace "} \\" {";
            if ($arg_x ~ "^[{}]+$") { return 403; }
            server_name push.example.com;
            location ~ "^/x/[0-9]{2}\\.zip$" { return 403; }
            location / { return 200 "the site"; }
        }
        """
            .formatted(machine.port())
            .replace("$host_${server_port}", "$before"));

    installsAndLeavesNoTrace();
  }

  @Test
  void everyServerOfTheHostGetsTheLineAndOneThatRedirectsDoesNot() {
    int tlsPort = NginxServer.freePort();
    int plainPort = NginxServer.freePort();
    TestCertificate tls = TestCertificate.create(folder, "push.example.com");
    machine.write(
        "sites-enabled/push",
        """
        server { listen 127.0.0.1:%1$d default_server; server_name _; return 444; }
        server {
            listen 127.0.0.1:%1$d;
            server_name push.example.com www.example.com;
            return 301 https://push.example.com$request_uri;
        }
        server {
            listen 127.0.0.1:%2$d ssl;
            server_name www.example.com;
            ssl_certificate %3$s;
            ssl_certificate_key %4$s;
            location / { return 301 https://push.example.com$request_uri; }
        }
        server {
            listen 127.0.0.1:%2$d ssl;
            listen %5$d;
            server_name .example.com;
            ssl_certificate %3$s;
            ssl_certificate_key %4$s;
            location / { return 200 "the site"; }
        }
        """
            .formatted(machine.port(), tlsPort, tls.certificate(), tls.key(), plainPort));
    machine.start();
    Map<String, String> before = machine.tree();

    Finished run = machine.install("--host", "push.example.com");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("skipped: " + machine.path("sites-enabled/push") + ":2")
        .contains("proven: push.example.com at 127.0.0.1:" + tlsPort)
        .contains("proven: push.example.com at 127.0.0.1:" + plainPort);
    assertThat(machine.read("sites-enabled/push"))
        .containsOnlyOnce("# pushgate (managed)")
        .containsPattern("server_name .example.com;\\n    include .*snippets/pushgate.conf;");
    assertThat(machine.install("--uninstall").exitCode()).isZero();
    assertThat(machine.tree()).isEqualTo(before);
  }

  @Test
  void aListenerBehindALoadBalancerIsAskedAsTheBalancerAsks() {
    machine.write(
        "sites-enabled/push",
        Machine.SITE
            .formatted(machine.port())
            .replace(";\n    server", " proxy_protocol;\n    server"));
    machine.start();

    Finished run = machine.install();

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("status 101");
  }

  @Test
  void aWildcardIsAskedAtAnAddressThatNoOtherServerHasForItself() {
    machine.write("sites-enabled/a", Machine.SITE.formatted(machine.port()));
    machine.write(
        "sites-enabled/push",
        Machine.SITE.formatted(machine.port()).replace("127.0.0.1:", "").replace("push", "wild"));
    machine.start();

    Finished run = machine.install("--host", "wild.example.com");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("comes in by 127.0.0.1:%d gets another server".formatted(machine.port()))
        .contains("proven: wild.example.com at 127.0.0.2:" + machine.port());
  }

  @Test
  void onlyServersOfTheNamedPortOrFileAreMeant() {
    int other = NginxServer.freePort();
    machine.write("sites-enabled/a", Machine.SITE.formatted(machine.port()));
    machine.write("sites-enabled/b", Machine.SITE.formatted(other));
    machine.start();

    assertThat(machine.install("--port", "" + machine.port()).exitCode()).isZero();
    assertThat(machine.read("sites-enabled/a")).contains("(managed)");
    assertThat(machine.read("sites-enabled/b")).doesNotContain("(managed)");

    Finished run = machine.install("--site", machine.path("sites-enabled/b").toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(machine.read("sites-enabled/b")).contains("(managed)");

    // Each server that the newer run took keeps its own way back.
    assertThat(machine.install("--rollback").exitCode()).isZero();
    assertThat(machine.read("sites-enabled/a")).contains("(managed)");
    assertThat(machine.read("sites-enabled/b")).doesNotContain("(managed)");
    machine.awaitStamp(Machine.STAMP);
  }

  @Test
  void anInstallationByHandIsTakenOverAndItsLineStays() {
    machine.write(
        "sites-enabled/push",
        Machine.SITE
            .formatted(machine.port())
            .replace("    location", "    include snippets/pushgate.conf;\n    location"));
    for (String each :
        new String[] {
          "conf.d/00-pushgate.conf", "snippets/pushgate.conf", "snippets/pushgate-proxy.conf"
        }) {
      machine.write(
          each,
          NginxServer.projectFile(each).replace("/var/log/nginx/", folder.resolve("logs") + "/"));
    }
    machine.start();
    String site = machine.read("sites-enabled/push");
    machine.awaitStamp("1");

    Finished run = machine.install();

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(machine.read("sites-enabled/push")).isEqualTo(site);
    machine.awaitStamp(Machine.STAMP);
    assertThat(machine.install("--uninstall").output()).contains("include line of your own");
  }

  @Test
  void anNginxThatIsDownIsStartedOnlyWhenAskedFor() {
    machine.write("sites-enabled/push", Machine.SITE.formatted(machine.port()));
    Map<String, String> before = machine.tree();

    Finished refused = machine.install();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("not running", "--start");
    assertThat(machine.tree()).isEqualTo(before);

    Finished run = machine.install("--start");
    try {
      assertThat(run.exitCode()).as(run.output()).isZero();
      machine.awaitStamp(Machine.STAMP);
    } finally {
      Finished.run(
          "nginx", "-p", folder + "/", "-c", machine.path("nginx.conf").toString(), "-s", "stop");
    }
  }

  private void installsAndLeavesNoTrace() {
    machine.start();
    Map<String, String> before = machine.tree();

    Finished run = machine.install();
    assertThat(run.exitCode()).as(run.output()).isZero();
    machine.awaitStamp(Machine.STAMP);
    assertThat(machine.get("/").body()).isEqualTo("the site");
    assertThat(machine.install().output()).contains("unchanged");

    Finished back = machine.install("--uninstall");
    assertThat(back.exitCode()).as(back.output()).isZero();
    assertThat(machine.tree()).isEqualTo(before);
  }
}
