package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.NginxServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NginxConfigurationTest {
  @TempDir Path folder;

  @Test
  void nginxAcceptsTheExampleSiteWithoutAWarning() {
    try (NginxServer nginx = new NginxServer(folder, 8000)) {
      nginx.enableSite(ExampleSite.in(folder).serverBlocks());

      Finished check = nginx.check();

      assertThat(check.exitCode()).as(check.output()).isZero();
      assertThat(check.output())
          .contains("syntax is ok", "test is successful")
          .doesNotContain("[warn]", "[alert]", "[emerg]");
    }
  }
}
