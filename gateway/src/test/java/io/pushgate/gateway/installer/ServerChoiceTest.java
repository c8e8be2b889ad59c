package io.pushgate.gateway.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.NginxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server block the installer holds for a host's, against which one nginx lets answer. */
final class ServerChoiceTest {
  /** Each server answers with the line that it begins in. */
  private static final String SERVERS =
      """
      server { listen %1$d; location / { return 200 1; } }
      server { listen %1$d default_server; server_name other.org; location / { return 200 2; } }
      server { listen %1$d; server_name *.example.com; location / { return 200 3; } }
      server { listen %1$d; server_name *.push.example.com; location / { return 200 4; } }
      server { listen %1$d; server_name push.*; location / { return 200 5; } }
      server { listen %1$d; server_name ~^(?<user>[a-z]+)\\.example\\.net$; location / { return 200 6; } }
      server { listen %1$d; server_name ~net$; location / { return 200 7; } }
      server { listen %1$d; server_name Push.Example.com alias.org; location / { return 200 8; } }
      server { listen %1$d; server_name .dotted.org push.example.com; location / { return 200 9; } }
      server { listen 127.0.0.2:%1$d; server_name push.example.com; location / { return 200 10; } }
      server { listen 127.0.0.2:%1$d; server_name specific.org; location / { return 200 11; } }
      server { listen %2$d; server_name push.example.com; location / { return 200 12; } }
      server { listen %2$d; server_name push.*; location / { return 200 13; } }
      """;

  private final int port = NginxServer.freePort();
  private final int otherPort = NginxServer.freePort();

  @TempDir Path folder;
  private NginxServer nginx;

  @BeforeEach
  void start() {
    nginx = NginxServer.bare(folder);
    nginx.enableSite(SERVERS.formatted(port, otherPort));
    nginx.start(port);
  }

  @AfterEach
  void stop() {
    nginx.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "push.example.com",
        "PUSH.example.com",
        "a.example.com",
        "a.b.example.com",
        "a.push.example.com",
        "push.org",
        "push.example.net",
        "a.example.net",
        "a.b.net",
        "alias.org",
        "dotted.org",
        "x.dotted.org",
        "notdotted.org",
        "specific.org",
        "other.org",
        "example.com",
        "nobody.invalid",
        "127.0.0.1",
      })
  void isNginxsOwn(String host) {
    List<String[]> chosen = choose(host);

    assertThat(chosen).isNotEmpty();
    for (String[] each : chosen) {
      String address = each[1].equals("*") ? "127.0.0.1" : each[1];
      assertThat(each[6])
          .as("%s at %s:%s", host, each[1], each[2])
          .endsWith(":" + answering(address, each[2], host));
    }
  }

  @Test
  void aSocketThatKeepsTheHostFromItsServerIsNamed() {
    assertThat(facts("alias.org"))
        .anyMatch(fact -> fact.startsWith("shadow\t127.0.0.2\t" + port + "\t"));
  }

  /** A network of its own has no loopback for IPv6, as containers often don't. */
  @ParameterizedTest
  @CsvSource({"'ipv6only=off', 127.0.0.1", "'', ''"})
  void whereThereIsNoLoopbackForIpv6OnlyWhatTakesIpv4TooIsAsked(String options, String address)
      throws IOException {
    nginx.enableSite(
        "server { listen [::]:%d %s; server_name six.example.com; }".formatted(port, options));
    Path found = folder.resolve("facts");
    Files.write(found, facts("six.example.com"));
    String library = Machine.FILES + "/lib/";

    Finished run =
        Finished.run(
            "unshare",
            "-n",
            "sh",
            "-c",
            ". \"$1report.sh\"; . \"$1sites.sh\"; option_host=six.example.com; list_sockets ours \"$2\"",
            "sh",
            library,
            found.toString());

    assertThat(run.exitCode()).as("a network of its own needs root: " + run.output()).isZero();
    assertThat(run.output().lines().map(line -> line.substring(0, line.indexOf(' '))).toList())
        .isEqualTo(address.isEmpty() ? List.of() : List.of(address));
  }

  private List<String[]> choose(String host) {
    List<String[]> chosen = new ArrayList<>();
    for (String fact : facts(host)) {
      if (fact.startsWith("serves\t")) {
        chosen.add(fact.split("\t"));
      }
    }
    return chosen;
  }

  private List<String> facts(String host) {
    Path main = folder.resolve("conf/nginx.conf");
    Path site = folder.resolve("conf/sites-enabled/site");
    Path loaded = folder.resolve("loaded");
    Path library = Machine.FILES.resolve("lib");
    Finished listed =
        Finished.run(
            "sh",
            "-c",
            "printf '%s\\t%s\\n' \"$1\" \"$1\" \"$2\" \"$2\" > \"$3\"",
            "sh",
            main.toString(),
            site.toString(),
            loaded.toString());
    assertThat(listed.exitCode()).isZero();
    Stream<String> variables =
        Stream.of("main=" + main, "loaded=" + loaded, "host=" + host, "plain_port=80");
    Stream<String> programs =
        Stream.of("tokens.awk", "walk.awk", "choose.awk").map(library::resolve).map(Path::toString);
    Finished run =
        Finished.run(
            Stream.of(
                    Stream.of("awk"),
                    variables.flatMap(variable -> Stream.of("-v", variable)),
                    programs.flatMap(program -> Stream.of("-f", program)))
                .flatMap(words -> words)
                .toArray(String[]::new));
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output().lines().toList();
  }

  private static String answering(String address, String port, String host) {
    return Finished.run("curl", "-s", "-H", "Host: " + host, "http://" + address + ":" + port + "/")
        .output();
  }
}
