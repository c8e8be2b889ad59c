package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NginxConfigurationTest {
  @TempDir Path folder;

  @Test
  void nginxAcceptsTheExampleSiteWithoutAWarning() {
    try (NginxServer nginx = new NginxServer(folder, 8000)) {
      nginx.enableSite(exampleSite());

      Finished check = nginx.check();

      assertThat(check.exitCode()).as(check.output()).isZero();
      assertThat(check.output())
          .contains("syntax is ok", "test is successful")
          .doesNotContain("[warn]", "[alert]", "[emerg]");
    }
  }

  private String exampleSite() {
    TestCertificate tls = TestCertificate.create(folder, "push.example.com");
    return NginxServer.projectFile("sites-available/example.conf")
        .replace("/etc/ssl/push.example.com/fullchain.pem", tls.certificate().toString())
        .replace("/etc/ssl/push.example.com/privkey.pem", tls.key().toString())
        .replace("listen 80;", "listen 127.0.0.1:" + NginxServer.freePort() + ";")
        .replace("listen 443 ssl;", "listen 127.0.0.1:" + NginxServer.freePort() + " ssl;")
        .replaceAll("(?m)^\\s*listen \\[::].*\\R", "");
  }
}
