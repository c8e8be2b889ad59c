package io.pushgate.gateway.nginx.judge;

import static io.pushgate.gateway.nginx.judge.Judged.GOOD;
import static io.pushgate.gateway.nginx.judge.Judged.LOCATION;
import static io.pushgate.gateway.nginx.judge.Judged.forwardedHost;
import static io.pushgate.gateway.nginx.judge.Judged.headersOf;
import static io.pushgate.gateway.nginx.judge.Judged.judge;
import static io.pushgate.gateway.nginx.judge.Judged.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.nginx.Lines;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a configuration's text alone tells. */
final class JudgeTest {
  static Stream<Arguments> faults() {
    return Stream.of(access(), routing(), headers(), others()).flatMap(faults -> faults);
  }

  private static Stream<Arguments> access() {
    return Stream.of(
        // Row 8
        one("redirected", "listen 80; return 301 https://$host$request_uri;"),
        one(
            "redirected",
            "if ($host != www.a.test) { rewrite ^ https://www.a.test$uri permanent; }"),
        one("redirected", LOCATION + "return 302 /elsewhere; }"),
        // Row 10
        one("headers_too_large", "large_client_header_buffers 4 1k;" + LOCATION + GOOD + "}"),
        // Row 11
        one("basic_auth", "auth_basic x;" + LOCATION + GOOD + "}"),
        // A certificate of each browser's own
        one(
            "client_certificate?",
            "listen 80; listen 443 ssl; ssl_verify_client on;" + LOCATION + GOOD + "}"),
        one(
            "client_certificate",
            "listen 443 ssl; ssl_verify_client optional;"
                + "if ($ssl_client_verify != SUCCESS) { return 496; }"
                + LOCATION
                + GOOD
                + "}"),
        // Row 12
        one("connection_limit", LOCATION + "limit_conn c 2;" + GOOD + "}"),
        one("rate_limit", LOCATION + "limit_req zone=slow burst=1;" + GOOD + "}"),
        // Row 13
        one(
            "forbidden_by_proxy",
            "if ($request_uri ~ /ws/) { return 403; }" + LOCATION + GOOD + "}"),
        one("forbidden_by_proxy", "deny all;" + LOCATION + GOOD + "}"),
        one("forbidden_by_proxy", LOCATION + "limit_except POST { deny all; }" + GOOD + "}"),
        one(
            "forbidden_by_proxy",
            LOCATION + "auth_request /ask;" + GOOD + "} location = /ask { return 403; }"));
  }

  private static Stream<Arguments> routing() {
    return Stream.of(
        // Row 14
        one(
            "names_swallowed",
            "location " + Lines.PATH + " {" + GOOD + "} location ~* \\.(zip|css)$ { root /x; }"),
        one(
            "names_swallowed",
            "location " + Lines.PATH + " {" + GOOD + "} location ~ /\\. { deny all; return 404; }"),
        // Row 15
        one("not_routed", "root /var/www;"),
        one("not_routed", "location / { try_files $uri $uri/ /index.html; }"),
        one("not_routed", "location / { try_files $uri =404; }"),
        one("not_routed", "location /api/ { fastcgi_pass 127.0.0.1:9000; }"),
        one("not_routed", "return 200 hello;"),
        // Row 16
        one(
            "refusal_masked?",
            LOCATION + "proxy_intercept_errors on; error_page 403 404 /x.html;" + GOOD + "}"),
        // Row 20
        one("location_missing", "location /api/ { proxy_pass http://127.0.0.1:8000; }"));
  }

  private static Stream<Arguments> headers() {
    return Stream.of(
        // Row 21, A9
        one("upgrade_dropped", LOCATION + without("Upgrade") + "}"),
        one(
            "upgrade_dropped",
            headersOf(GOOD)
                + LOCATION
                + "proxy_set_header Host $host; proxy_pass http://g; proxy_set_header X-Forwarded-For $remote_addr; }"),
        // Row 23
        one("connection_dropped", LOCATION + without("Connection") + "}"),
        one(
            "connection_dropped",
            LOCATION + without("Connection") + "proxy_set_header Connection \"\";}"),
        one(
            "connection_dropped",
            LOCATION + without("Connection") + "proxy_set_header Connection $closing;}"),
        // A condition with a blank that no handshake has
        one(
            "connection_dropped",
            LOCATION
                + "set $c close; if ($http_upgrade = \"websocket \") { set $c upgrade; }"
                + without("Connection")
                + "proxy_set_header Connection $c; }"),
        // Headers that no browser sends
        one(
            "upgrade_dropped",
            LOCATION + without("Upgrade") + "proxy_set_header Upgrade $http_upgrades; }"),
        one(
            "connection_dropped",
            LOCATION + without("Connection") + "proxy_set_header Connection $mistaken; }"),
        one(
            "headers_dropped",
            LOCATION + GOOD + "proxy_set_header Sec-WebSocket-Key $http_sec_websocket_keys; }"),
        // Row 24
        one("http_version", LOCATION + GOOD.replace("proxy_http_version 1.1;", "") + "}"),
        one("http_version", LOCATION + GOOD.replace("_version 1.1", "_version 1.0") + "}"),
        // Row 25
        one("path_rewritten", LOCATION + GOOD.replace(":8000;", ":8000/;") + "}"),
        one("path_rewritten", "location /api/ {" + GOOD.replace(":8000;", ":8000/x/;") + "}"),
        one("path_rewritten", LOCATION + "rewrite ^/api/(.*) /$1 break;" + GOOD + "}"),
        // Row 26
        one("name_reencoded", LOCATION + GOOD.replace(":8000;", ":8000" + Lines.PATH + ";") + "}"),
        one("name_reencoded", LOCATION + GOOD.replace(":8000;", ":8000$uri;") + "}"),
        one("name_reencoded", LOCATION + "rewrite ^(.*)$ $1 break;" + GOOD + "}"),
        one("name_reencoded", captured("^(/api/.*/ws/)(.*)$", "$1$2")),
        one(
            "name_reencoded",
            captured("^(?<a_path>/api/.*/)(?:ws)/(?<who>.*)$", "${a_path}ws/$who")),
        one("path_rewritten", captured("^/api/v1/[(]?(?<rest>.*)$", "/$rest$is_args$args")),
        // Row 27
        one("host_rewritten", LOCATION + without("Host ") + "}"),
        one("host_rewritten", LOCATION + without("Host ") + "proxy_set_header Host $proxy_host;}"),
        one("host_rewritten", LOCATION + GOOD + forwardedHost("$proxy_host") + "}"),
        one(
            "host_rewritten",
            "server_name _;" + LOCATION + GOOD + forwardedHost("$server_name") + "}"),
        one(
            "host_rewritten",
            "server_name a.test;" + LOCATION + GOOD + forwardedHost("backend.test") + "}"),
        one(
            "host_rewritten?",
            "server_name a.test b.test;" + LOCATION + GOOD + forwardedHost("$server_name") + "}"));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        // Row 28
        one("headers_dropped", LOCATION + GOOD + "proxy_set_header Sec-WebSocket-Protocol \"\"; }"),
        one("headers_dropped", LOCATION + GOOD + "proxy_set_header sec-websocket-key ''; }"),
        one("headers_dropped", LOCATION + GOOD + "proxy_pass_request_headers off; }"),
        one("headers_dropped?", LOCATION + GOOD + "proxy_set_header Cookie ''; }"),
        one("headers_dropped?", LOCATION + GOOD + "proxy_set_header Origin ''; }"),
        one("origin_rewritten", LOCATION + GOOD + "proxy_set_header Origin http://$proxy_host; }"),
        one("origin_rewritten", LOCATION + GOOD + "proxy_set_header Origin $http_host; }"),
        one(
            "origin_rewritten",
            "server_name a.test;" + LOCATION + GOOD + "proxy_set_header Origin http://b.test; }"),
        // Row 29
        one(
            "answer_headers_dropped",
            "proxy_hide_header Sec-WebSocket-Accept;" + LOCATION + GOOD + "}"),
        // Row 30
        one("idle_cut", LOCATION + GOOD + "proxy_read_timeout 20; }"),
        one("idle_cut", "proxy_read_timeout 25s;" + LOCATION + GOOD + "}"),
        one("idle_cut?", LOCATION + GOOD + "proxy_read_timeout 26s; }"),
        // Row 32
        one(
            "events_buffered",
            "proxy_ignore_headers X-Accel-Buffering;"
                + LOCATION
                + GOOD
                + "}"
                + "location /api/v1/notifications/sse/ {"
                + GOOD
                + "}"),
        // Row 34
        one("address_forgeable?", LOCATION + without("X-Forwarded-For") + "}"),
        one("address_forgeable?", "set_real_ip_from 0.0.0.0/0;" + LOCATION + GOOD + "}"),
        // Row 35
        one("prefix_too_wide?", "location ^~ /api/v1/notifications/ws {" + GOOD + "}"),
        // Several at once are one, by the first.
        one(
            "upgrade_dropped",
            LOCATION
                + "proxy_set_header Host $host; proxy_pass http://127.0.0.1:8000;"
                + "proxy_set_header X-Forwarded-For $remote_addr; }"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultHasItsNameAndALine(String code, String server) throws Exception {
    List<Fault> faults = judge(server);

    assertThat(faults).extracting(Judged::name).containsExactly(code);
    assertThat(faults.get(0).line()).isPositive();
  }

  static Stream<String> healthy() {
    return Stream.of(
        LOCATION + GOOD + "}",
        LOCATION + without("Connection") + "proxy_set_header Connection $http_connection; }",
        LOCATION + without("Connection") + "proxy_set_header Connection $mapped; }",
        LOCATION + without("Upgrade") + "proxy_set_header Upgrade websocket; }",
        LOCATION
            + "set $c close; if ( $http_upgrade ~* ^(websocket|h2c)$ ) { set $c upgrade; }"
            + without("Connection")
            + "proxy_set_header Connection $c; }",
        "if ($args = \"\") { set $none 1; } if ($none = 0) { return 403; }" + LOCATION + GOOD + "}",
        LOCATION + without("Connection") + "proxy_set_header Connection $by_agent; }",
        "if ($http_x_edge_key != secret) { return 403; }" + LOCATION + GOOD + "}",
        LOCATION + without("Host ") + "proxy_set_header Host $http_x_forwarded_host; }",
        LOCATION + GOOD.replace("$http_host", "$host") + "}",
        LOCATION + without("Host ") + "proxy_set_header X-Forwarded-Host $http_host; }",
        "listen 443 ssl; ssl_verify_client optional;" + LOCATION + GOOD + "}",
        "ssl_verify_client on;" + LOCATION + GOOD + "}",
        "listen 80; listen 443 ssl; if ($scheme = http) { return 301 https://$host$request_uri; }"
            + LOCATION
            + GOOD
            + "}",
        LOCATION + GOOD + forwardedHost("''") + "}",
        LOCATION + GOOD + "proxy_set_header Origin $http_origin; }",
        LOCATION + GOOD + "proxy_set_header Origin $scheme://$host; }",
        "server_name a.test;" + LOCATION + GOOD + "proxy_set_header Origin https://a.test; }",
        LOCATION + GOOD + "proxy_set_header Origin https://www.unknown.test; }",
        LOCATION + GOOD + forwardedHost("$host") + "}",
        LOCATION + GOOD + forwardedHost("$http_x_forwarded_host") + "}",
        LOCATION + GOOD.replace("$proxy_add_x_forwarded_for", "$remote_addr") + "}",
        "location / {" + GOOD + "}",
        "location ~ ^/api/v1/notifications/(ws|sse)/ {" + GOOD + "}",
        headersOf(GOOD) + LOCATION + "proxy_pass http://gateways; }",
        LOCATION + "set $up 127.0.0.1:8000;" + GOOD.replace("127.0.0.1:8000", "$up") + "}",
        LOCATION + GOOD.replace(":8000;", ":8000$request_uri;") + "}",
        captured("^/api/.*/(?<kind>ws|sse)/(.*)$", "/api/v1/notifications/$kind/$pushgate_rest"),
        captured("^/api/.*/(ws|sse)/", "$request_uri"),
        LOCATION + GOOD + "proxy_read_timeout 75s; } location ~ \\.(zip|com)$ { return 404; }",
        LOCATION + GOOD + "proxy_read_timeout 40s; }",
        LOCATION + "auth_request /ask;" + GOOD + "} location = /ask { return 204; }",
        LOCATION + "auth_request /ask;" + GOOD + "} location = /ask { proxy_pass http://app; }",
        LOCATION + "limit_conn c 200; limit_req zone=fast burst=50 nodelay;" + GOOD + "}",
        "auth_basic x;" + LOCATION + "auth_basic off;" + GOOD + "}",
        LOCATION + "limit_except GET { deny all; }" + GOOD + "}",
        LOCATION + "allow 10.0.0.0/8; deny all;" + GOOD + "}",
        "if ($scheme = ftp) { return 301 https://x; }" + LOCATION + GOOD + "}",
        "if ($unknown) { return 403; }" + LOCATION + GOOD + "}",
        LOCATION + "proxy_intercept_errors on; error_page 502 /x.html;" + GOOD + "}",
        LOCATION + "error_page 418 = @ws; return 418; } location @ws {" + GOOD + "}",
        "location / { try_files $uri @ws; } location @ws {" + GOOD + "}",
        "location /api/ { location " + Lines.PATH + " {" + GOOD + "} }",
        LOCATION
            + "if ($http_upgrade ~* websocket) { proxy_pass http://127.0.0.1:8000; }"
            + GOOD.replace("proxy_pass http://127.0.0.1:8000;", "")
            + "}",
        LOCATION + "content_by_lua_block { ngx.say('}') } }",
        "proxy_hide_header X-Powered-By;" + LOCATION + GOOD + "}");
  }

  @ParameterizedTest
  @MethodSource("healthy")
  void whatWorksIsLeftAlone(String server) throws Exception {
    assertThat(judge(server)).isEmpty();
  }

  private static String captured(String expression, String uri) {
    return "location ~ \"%s\" {%s}"
        .formatted(expression, GOOD.replace(":8000;", ":8000" + uri + ";"));
  }

  private static Arguments one(String code, String server) {
    return Arguments.of(code, server);
  }
}
