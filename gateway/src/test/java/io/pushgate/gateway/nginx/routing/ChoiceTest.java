package io.pushgate.gateway.nginx.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.nginx.text.Directive;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which server and which location nginx takes. */
final class ChoiceTest {
  private static final String SERVERS =
      """
      http {
        server { mark first; listen 80; server_name other.test; }
        server { mark exact; listen 80; server_name a.example.com; }
        server { mark wild; listen 80; server_name *.example.com; }
        server { mark longer; listen 80; server_name *.b.example.com; }
        server { mark tail; listen 80; server_name www.*; }
        server { mark regex; listen 80; server_name ~^(?<n_1>\\d+)\\.; }
        server { mark dotted; listen 80; server_name .dotted.test; }
        server { mark default; listen 81 default_server; server_name _; }
        server { mark tls; listen 443 ssl; listen [::]:443 ssl; server_name a.example.com; }
        server { mark address; listen 127.0.0.1:80; server_name x.test; }
        server { mark six; listen [::1]:80; server_name x.test; }
        server { mark default82; listen 82; server_name p.test; }
        server { listen 82 default_server; mark second82; server_name q.test; }
        server { mark range; listen 9000-9010; }
        server { mark none; server_name without.test; }
      }
      """;

  private static final String LOCATIONS =
      """
      http { server {
        location / { mark root; }
        location /api/ { mark api; }
        location = /api/exact { mark exact; }
        location ^~ /api/alone/ { mark alone; }
        location ~ \\.php$ { mark php; }
        location ~* \\.(ZIP|com)$ { mark zip; }
        location ~ ^/api/re { mark late; location ~ deep$ { mark deep; } }
        location /nest/ { mark nest;
          location /nest/a/ { mark nested; location ~ \\.php$ { mark inside; } }
          location ~ \\.q$ { mark q; } }
        location ^~ /still/ { mark still; location /still/x/ { mark stillx; } }
        location =/glued { mark glued; }
        location @named { mark named; }
      } }
      """;

  @ParameterizedTest
  @CsvSource({
    "a.example.com, 80, exact",
    "A.Example.COM., 80, exact",
    "z.example.com, 80, wild",
    "c.b.example.com, 80, longer",
    "example.com, 80, first",
    "www.nowhere, 80, tail",
    "42.nowhere, 80, regex",
    "dotted.test, 80, dotted",
    "x.dotted.test, 80, dotted",
    "unknown.test, 80, first",
    "unknown.test, 81, default",
    "a.example.com, 443, tls",
    "127.0.0.1, 80, address",
    "localhost, 80, address",
    "[::1], 80, six",
    "x.test, 80, address",
    "10.0.0.7, 80, regex",
    "unknown.test, 82, second82",
    "p.test, 82, default82",
    "unknown.test, 9005, range",
    "without.test, 80, none",
    "a.example.com, 8443, ''",
    "[::1], 82, ''"
  })
  void theServerIsTheOneThatNginxTakes(String host, int port, String mark) throws Exception {
    List<Directive> servers = Directive.parse(SERVERS).get(0).all("server");

    assertThat(ServerChoice.of(servers, host, port).map(ChoiceTest::markOf).orElse(""))
        .isEqualTo(mark);
  }

  @ParameterizedTest
  @CsvSource({
    "/, root",
    "/x, root",
    "/api/x, api",
    "/api/exact, exact",
    "/api/exactly, api",
    "/api/alone/x.php, alone",
    "/api/x.php, php",
    "/api/x.zip, zip",
    "/api/X.COM, zip",
    "/api/re/x, late",
    "/api/re/deep, deep",
    "/nest/x, nest",
    "/nest/x.q, q",
    "/nest/x.php, php",
    "/nest/a/x, nested",
    "/nest/a/x.php, inside",
    "/nest/a/x.q, q",
    "/nest/a/x.com, zip",
    "/still/x.php, still",
    "/still/x/y.php, stillx",
    "/glued, glued",
    "//api//x, api",
    "/x/../api/x, api",
    "/api/%65xact, exact",
    "/api/exact?x=.php, exact",
    "/%zz, root"
  })
  void theLocationIsTheOneThatNginxTakes(String path, String mark) throws Exception {
    Directive server = Directive.parse(LOCATIONS).get(0).all("server").get(0);

    List<Directive> chain = LocationChoice.of(server, RequestPath.normalised(path));

    assertThat(markOf(chain.get(chain.size() - 1))).isEqualTo(mark);
  }

  private static String markOf(Directive block) {
    return block.all("mark").get(0).argument(0);
  }
}
