package io.pushgate.gateway.nginx.judge;

import static io.pushgate.gateway.nginx.judge.Judged.GOOD;
import static io.pushgate.gateway.nginx.judge.Judged.LOCATION;
import static io.pushgate.gateway.nginx.judge.Judged.configuration;
import static io.pushgate.gateway.nginx.judge.Judged.forwardedHost;
import static io.pushgate.gateway.nginx.judge.Judged.headersOf;
import static io.pushgate.gateway.nginx.judge.Judged.judge;
import static io.pushgate.gateway.nginx.judge.Judged.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.NginxSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of servers beside each other, of several lines at once, and of what is cut off. */
final class JudgeOfSeveralTest {
  @Test
  void ofTwoMapsOfOneVariableTheLastIsNamed() throws Exception {
    Configuration configuration =
        configuration(
            "map $http_upgrade $twice { default upgrade; }\nmap $http_upgrade $twice { default close; }"
                + "server {"
                + LOCATION
                + without("Connection")
                + "proxy_set_header Connection $twice; } }");

    Fault fault = configuration.faults().get(0);

    assertThat(fault.code()).isEqualTo("connection_dropped");
    assertThat(fault.summary()).contains("two maps");
    assertThat(fault.line()).isEqualTo(2);
  }

  @Test
  void aLineThatIsAddedTakesNoInheritedOneAway() throws Exception {
    List<Fault> faults =
        judge(headersOf(without("Connection")) + LOCATION + "proxy_pass http://gateways; }");

    assertThat(faults.get(0).edits().get(0).lines())
        .containsExactly(Lines.CONNECTION, Lines.UPGRADE, Lines.HOST, Lines.FORWARDED_FOR);
  }

  @Test
  void theServerThatRedirectsToAGoodOneIsLeftAlone() throws Exception {
    assertThat(
            configuration(
                    "server { listen 80; server_name a.test; return 301 https://$host$request_uri; }"
                        + "server { listen 443 ssl; server_name a.test;"
                        + LOCATION
                        + GOOD
                        + "} }"
                        + "server { server_name blog.test; location / { proxy_pass http://blog; } }")
                .faults())
        .isEmpty();
  }

  @Test
  void theOnlyNameOfAServerIsThePages() throws Exception {
    assertThat(judge("server_name a.test;" + LOCATION + GOOD + forwardedHost("$server_name") + "}"))
        .isEmpty();
  }

  @Test
  void aWrongHostThatCountsIsMendedTogetherWithTheOther() throws Exception {
    List<Fault> both = judge(LOCATION + without("Host ") + forwardedHost("$proxy_host") + "}");
    List<Fault> one = judge(LOCATION + GOOD + forwardedHost("$proxy_host") + "}");

    assertThat(both.get(0).edits().get(0).lines())
        .containsExactly(Lines.HOST, Lines.FORWARDED_HOST);
    assertThat(one.get(0).edits().get(0).lines()).containsExactly(Lines.FORWARDED_HOST);
  }

  @Test
  void whereNoServerIsMadeForItTheOneThatServesPagesIsNamed() throws Exception {
    assertThat(
            configuration(
                    "server { listen 80; return 301 https://$host$request_uri; }"
                        + "server { listen 443 ssl; root /x; }")
                .faults())
        .extracting(Fault::code)
        .containsExactly("not_routed");
  }

  @Test
  void theServerOfTheSameNameThatLacksTheLocationIsFound() throws Exception {
    Configuration configuration =
        configuration(
            "server { listen 80; server_name a.test;"
                + LOCATION
                + GOOD
                + "} }"
                + "server { listen 443 ssl; server_name a.test; root /x; }");

    assertThat(configuration.faults()).extracting(Fault::code).containsExactly("not_routed");
    assertThat(configuration.faults("a.test", 80)).isEmpty();
    assertThat(configuration.faults("a.test", 443)).hasSize(1);
    assertThat(configuration.faults("a.test", 444)).isEmpty();
  }

  @Test
  void aNameInAVariableTakesAResolverToBeFound() throws Exception {
    String byName = LOCATION + GOOD.replace("127.0.0.1:8000", "$up:8000") + "}";
    String named = "set $up gateway.internal;" + byName;

    assertThat(judge(named)).extracting(Fault::code).containsExactly("wrong_upstream");
    assertThat(judge(named.replace("$up:8000", "${up}.x:8000$request_uri")))
        .extracting(Fault::code)
        .containsExactly("wrong_upstream");
    assertThat(judge(byName.replace("$up:8000", "localhost:8000$request_uri")))
        .extracting(Fault::code)
        .containsExactly("wrong_upstream");
    assertThat(judge("resolver 10.0.0.2;" + named)).isEmpty();
    assertThat(judge("set $up http://10.0.0.1:8000;" + byName.replace("http://$up:8000", "$up")))
        .isEmpty();
    assertThat(judge("set $up 10.0.0.1;" + byName)).isEmpty();
    assertThat(judge("set $up $http_x_shard;" + byName)).isEmpty();
    assertThat(judge(named + "location /x/ { proxy_pass http://gateway.internal:8000; }"))
        .isEmpty();
    assertThat(
            configuration(
                    "upstream pool { server 10.0.0.1:8000; } server { set $up pool;"
                        + byName.replace("http://$up:8000", "$scheme://$up")
                        + "}")
                .faults())
        .isEmpty();
  }

  @Test
  void anUpstreamWithNoServerButThoseThatAreDownIsNamed() throws Exception {
    String server = "server {" + LOCATION + GOOD.replace("127.0.0.1:8000", "pool") + "} }";

    assertThat(
            configuration("upstream pool { server a:1 down; server b:1 down; }" + server).faults())
        .extracting(Judged::name)
        .containsExactly("wrong_upstream");
    assertThat(
            configuration("upstream pool { server a:1 down; server b:1 backup; }" + server)
                .faults())
        .extracting(Judged::name)
        .containsExactly("wrong_upstream?");
    assertThat(configuration("upstream pool { server a:1 down; server b:1; }" + server).faults())
        .isEmpty();
  }

  @Test
  void workersThatTakeFewOrEndSoonAreNamed() throws Exception {
    Configuration configuration =
        new Configuration(
            Directive.parse(
                "worker_shutdown_timeout 2s; events { worker_connections 16; } http { server {"
                    + LOCATION
                    + GOOD
                    + "} } }"));

    assertThat(configuration.faults())
        .extracting(Judged::name)
        .containsExactly("workers_shut_down?", "closed_unheard?");
  }

  @Test
  void whateverIsCutOffEndsInANamedErrorOrNone() {
    String whole =
        """
        events { worker_connections 16; }
        http {
          map $http_upgrade $c { default "up grade"; '' close; ~^\\{ "\\"x"; }
          server { # a comment
            listen [::]:80; server_name "~^(?<n>.+)\\.x$" *.a;
            if ($a ~ "}") { return 301 https://$host${x}; }
            location ~* \\.(zip|com)$ { content_by_lua_block { x = "}" -- [[
              } }
          }
        }
        """;
    for (int end = 0; end <= whole.length(); end++) {
      String cut = whole.substring(0, end);

      Throwable thrown = catchThrowable(() -> new Configuration(Directive.parse(cut)).faults());

      if (thrown != null) {
        assertThat(thrown).as(cut).isExactlyInstanceOf(NginxSyntaxException.class);
      }
    }
  }
}
