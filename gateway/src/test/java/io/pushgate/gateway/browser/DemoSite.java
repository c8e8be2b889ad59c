package io.pushgate.gateway.browser;

/**
 * A site whose page is the demo page. It comes through nginx in tests alone; the project's snippet
 * leaves "/" to the site. Any thread.
 */
final class DemoSite {
  private static final String BLOCK =
      """
      server {
          listen 127.0.0.1:%d;
          server_name localhost;
          location / {
              proxy_pass http://pushgate;
              proxy_http_version 1.1;
              proxy_set_header Host $http_host;
          }
          %s
      }
      """;

  private DemoSite() {}

  /** Its {@code server} block, with the line that an operator adds. */
  static String on(int port) {
    return with(port, "include snippets/pushgate.conf;");
  }

  /** The same with other lines in place of the one that is right. */
  static String with(int port, String lines) {
    return BLOCK.formatted(port, lines);
  }
}
