package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Lines;
import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.NginxSyntaxException;
import java.util.List;

/** Servers' texts to judge, and what is said of them. Stateless. */
final class Judged {
  static final String GOOD =
      """
      proxy_pass http://127.0.0.1:8000; proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      """;

  static final String LOCATION = "location ^~ " + Lines.PATH + " {";

  private Judged() {}

  /** One that is a warning ends in a question mark. */
  static String name(Fault fault) {
    return fault.warning() ? fault.code() + "?" : fault.code();
  }

  static List<Fault> judge(String server) throws NginxSyntaxException {
    return configuration("server { " + server + " }").faults();
  }

  static Configuration configuration(String http) throws NginxSyntaxException {
    String around =
        """
        map $http_upgrade $mapped { default upgrade; '' close; }
        map $http_upgrade $closing { default close; h2c upgrade; }
        map $http_upgrades $mistaken { default upgrade; '' close; }
        map $http_user_agent $by_agent { default close; ~Mozilla upgrade; }
        limit_req_zone $binary_remote_addr zone=slow:1m rate=60r/m;
        limit_req_zone $binary_remote_addr zone=fast:1m rate=20r/s;
        """
            .replace("\n", " ");
    return new Configuration(Directive.parse("http { " + around + http + " }"));
  }

  static String without(String header) {
    return GOOD.replaceFirst("proxy_set_header " + header.strip() + " [^;]*;", "");
  }

  static String forwardedHost(String value) {
    return "proxy_set_header X-Forwarded-Host " + value + ";";
  }

  static String headersOf(String lines) {
    return lines.replaceFirst("proxy_pass[^;]*;", "");
  }
}
