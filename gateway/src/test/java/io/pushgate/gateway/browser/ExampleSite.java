package io.pushgate.gateway.browser;

import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.TestCertificate;
import java.nio.file.Path;

/**
 * The example site as an operator would take it over: the host name stays, ports, certificate and
 * folder are his own; immutable.
 */
record ExampleSite(int httpPort, int httpsPort, String serverBlocks) {
  static ExampleSite in(Path folder) {
    int httpPort = NginxServer.freePort();
    int httpsPort = NginxServer.freePort();
    TestCertificate tls = TestCertificate.create(folder, "push.example.com");
    String blocks =
        NginxServer.projectFile("sites-available/example.conf")
            .replace("/etc/ssl/push.example.com/fullchain.pem", tls.certificate().toString())
            .replace("/etc/ssl/push.example.com/privkey.pem", tls.key().toString())
            .replace("/var/www/push.example.com", folder.resolve("site").toString())
            .replace("listen 80;", "listen 127.0.0.1:" + httpPort + ";")
            .replace("listen 443 ssl;", "listen 127.0.0.1:" + httpsPort + " ssl;")
            .replaceAll("(?m)^\\s*listen \\[::].*\\R", "");
    return new ExampleSite(httpPort, httpsPort, blocks);
  }
}
