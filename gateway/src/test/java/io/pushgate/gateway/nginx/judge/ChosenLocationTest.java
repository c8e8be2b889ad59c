package io.pushgate.gateway.nginx.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.text.Directive;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said where another location than the gateway's own takes requests. */
final class ChosenLocationTest {
  private static final String HEADERS =
      """
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      """;

  private static final String OWN =
      "location " + Lines.PATH + " { proxy_pass http://127.0.0.1:9000;" + HEADERS + "}";

  @Test
  void namesOfOneEndingAreSwallowedThoughTheFirstThatIsTriedIsOneOfThem() throws Exception {
    Fault fault = only("location ~* \\.(css|com|org)$ { expires 30d; }" + OWN);

    assertThat(fault.code()).isEqualTo("names_swallowed");
    assertThat(passes(fault)).containsExactly("proxy_pass http://127.0.0.1:9000;");
  }

  @Test
  void aFilterAgainstSignsSwallowsNames() throws Exception {
    Fault fault = only("location ~ \"[+;'<>]\" { return 403; }" + OWN);

    assertThat(fault.code()).isEqualTo("names_swallowed");
    assertThat(fault.summary()).contains("x%2By@example.org");
    assertThat(passes(fault)).containsExactly("proxy_pass http://127.0.0.1:9000;");
  }

  @Test
  void aLocationForAllThatLooksLikeAnAddressSwallowsNames() throws Exception {
    assertThat(only("location ~ ^/api/.*@ { alias /x/index.html; }" + OWN).code())
        .isEqualTo("names_swallowed");
  }

  @Test
  void aPatternOfTheGatewaysOwnThatTakesPlainAddressesAloneSwallowsTheOthers() throws Exception {
    Fault fault =
        only(
            "location ~ ^"
                + Lines.PATH
                + "[a-z.]+@[a-z.]+$ { proxy_pass http://a;"
                + HEADERS
                + "}");

    assertThat(fault.code()).isEqualTo("names_swallowed");
    assertThat(passes(fault)).containsExactly("proxy_pass http://a;");
  }

  @Test
  void aPatternForAddressesAloneIsMeantAsItIs() throws Exception {
    assertThat(
            faults(
                "location ~ ^"
                    + Lines.PATH
                    + ".+@.+ { proxy_pass http://gateways;"
                    + HEADERS
                    + "}"))
        .isEmpty();
  }

  @Test
  void whereARuleOfTheServerTakesNamesNoLocationMendsIt() throws Exception {
    Fault fault = only("if ($request_uri ~ %2B) { return 403; }" + OWN);

    assertThat(fault.code()).isEqualTo("names_swallowed");
    assertThat(fault.edits()).isEmpty();
  }

  @Test
  void whatNoNameReachesIsMendedWithTheAddressThatTheServerNames() throws Exception {
    String lost = "location ^~ " + Lines.PATH + " { return 404; }";

    assertThat(passes(only(lost + "location /api/v1/notifications/sse/ { proxy_pass http://a; }")))
        .containsExactly("proxy_pass http://a;");
    assertThat(passes(only(lost + "location /api/ { if ($x) { proxy_pass http://b/; } }")))
        .containsExactly("proxy_pass http://b;");
    assertThat(passes(only(lost + "location /blog/ { proxy_pass http://c; }")))
        .containsExactly("proxy_pass http://127.0.0.1:8000;");
  }

  @Test
  void whatNoNameReachesIsMendedWithTheAddressThatAnotherServerNames() throws Exception {
    assertThat(
            faults(
                "server_name a.test;" + OWN + "} server { listen 81; server_name a.test; root /x;"))
        .singleElement()
        .satisfies(
            fault ->
                assertThat(passes(fault)).containsExactly("proxy_pass http://127.0.0.1:9000;"));
  }

  @Test
  void anExpressionThatGoesBeforeTheGatewaysOwnLocationIsLeftAsItIs() throws Exception {
    Fault fault =
        only(
            OWN
                + "location ~ ^/api/v[0-9]+/ { proxy_pass http://legacy;"
                + "proxy_set_header Host $http_host; }");

    assertThat(fault.code()).isEqualTo("not_routed");
    assertThat(fault.edits()).extracting(Edit::place).containsExactly(Edit.Place.SERVER);
    assertThat(passes(fault)).containsExactly("proxy_pass http://127.0.0.1:9000;");
    assertThat(
            only(OWN + "location ~ ^/api/v[0-9]+/notifications { proxy_pass http://legacy; }")
                .code())
        .isEqualTo("not_routed");
  }

  @Test
  void anExpressionThatLeadsToTheGatewayTooIsAsGood() throws Exception {
    assertThat(
            faults(OWN + "location ~ ^/api/ { proxy_pass http://localhost:9000;" + HEADERS + "}"))
        .isEmpty();
    assertThat(
            faults(
                "location /api/v1/notifications/ { proxy_pass http://old; }"
                    + "location ~ ^/api/v1/notifications/ws/ { proxy_pass http://new;"
                    + HEADERS
                    + "}"))
        .isEmpty();
    assertThat(
            faults(
                OWN
                    + "location ~ ^/api/ { proxy_pass http://pool;"
                    + HEADERS
                    + "} } upstream pool { server 127.0.0.1:9000;"))
        .isEmpty();
  }

  private static Fault only(String server) throws Exception {
    List<Fault> faults = faults(server);
    assertThat(faults).hasSize(1);
    return faults.get(0);
  }

  private static List<Fault> faults(String server) throws Exception {
    return new Configuration(Directive.parse("http { server { " + server + " } }")).faults();
  }

  /** Where the lines that mend it pass requests to. */
  private static List<String> passes(Fault fault) {
    return fault.edits().stream()
        .map(Edit::lines)
        .flatMap(List::stream)
        .map(String::strip)
        .filter(line -> line.startsWith("proxy_pass "))
        .toList();
  }
}
