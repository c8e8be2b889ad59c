package io.pushgate.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.ChromiumBrowser;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.Tab;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Chromium's own WebSocket on the echo. */
final class EchoInBrowserTest {
  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with("echo=true");

  @Test
  void getsBackAMegabyteOfTextAndOfBytes(@TempDir Path profile) {
    int port = gateway.bound().publicAddress().getPort();
    try (ChromiumBrowser browser = new ChromiumBrowser(profile);
        Tab tab = browser.open("http://127.0.0.1:" + port + "/")) {
      tab.eval(
          """
          (() => {
            const text = '\\u00fc'.repeat(1 << 19);
            const socket = new WebSocket(`ws://${location.host}/api/v1/notifications/echo`);
            socket.binaryType = 'arraybuffer';
            window.heard = [];
            socket.onopen = () => { socket.send(text); socket.send(new Uint8Array(1 << 20)); };
            socket.onmessage = ({ data }) => {
              heard.push(typeof data === 'string' ? data === text : data.byteLength);
              if (heard.length === 2) socket.close(4321, 'enough');
            };
            socket.onclose = ({ code, wasClean }) => heard.push(code, wasClean);
          })()""");

      tab.await("heard.length === 4");

      assertThat(tab.eval("heard").toString()).isEqualTo("[true,1048576,4321,true]");
    }
  }
}
