package io.pushgate.gateway.doctor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The doctor's end of a WebSocket against bytes written by hand. */
class TunnelTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BRIEFLY = Duration.ofMillis(20);
  private static final HexFormat HEX = HexFormat.of();

  private ServerSocket listening;
  private Socket server;
  private Tunnel tunnel;

  @BeforeEach
  void open() throws Exception {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    SiteUrl url = SiteUrl.parse("ws://127.0.0.1:" + listening.getLocalPort());
    CompletableFuture<Answer> asked =
        CompletableFuture.supplyAsync(
            () ->
                new Exchange(Trust.ofThisMachine(Map.of()))
                    .send(
                        Ask.handshake(url, "/", Optional.empty()),
                        new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), listening.getLocalPort()),
                        PATIENCE));
    server = listening.accept();
    readHead(server.getInputStream());
    server
        .getOutputStream()
        .write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    tunnel = asked.get(10, TimeUnit.SECONDS).tunnel();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    listening.close();
    tunnel.close();
  }

  @Test
  void textsComeWholeWhateverTheFormOfTheirLength() throws IOException {
    send("8103" + hex("one"));
    send("817e0005" + hex("three"));
    send("817f0000000000000003" + hex("two"));

    assertThat(tunnel.next(PATIENCE)).hasValue("one");
    assertThat(tunnel.next(PATIENCE)).hasValue("three");
    assertThat(tunnel.next(PATIENCE)).hasValue("two");
    assertThat(tunnel.next(BRIEFLY)).isEmpty();
    assertThat(tunnel.state()).isEqualTo(Tunnel.State.OPEN);
  }

  @Test
  void otherTextsArePassedOverOnTheWayToTheOneThatIsWaitedFor() throws IOException {
    send("8103" + hex("one"));
    send("8103" + hex("two"));

    assertThat(tunnel.await("w", PATIENCE)).hasValue("two");
  }

  @Test
  void aPingIsAnsweredWithItsOwnPayloadUnderAMask() throws IOException {
    send("8902aabb");
    send("8103" + hex("one"));
    assertThat(tunnel.next(PATIENCE)).hasValue("one");

    byte[] pong = server.getInputStream().readNBytes(8);

    assertThat(HEX.formatHex(pong, 0, 2)).isEqualTo("8a82");
    assertThat(pong[6] ^ pong[2]).isEqualTo((byte) 0xAA);
    assertThat(pong[7] ^ pong[3]).isEqualTo((byte) 0xBB);
  }

  @Test
  void aCloseFrameSaysWhyAndAnEndWithoutOneIsACut() throws IOException {
    send("880603f4" + hex("soon"));

    assertThat(tunnel.next(PATIENCE)).isEmpty();
    assertThat(tunnel.state()).isEqualTo(Tunnel.State.CLOSED);
    assertThat(tunnel.reason()).isEqualTo("1012 soon");
  }

  @Test
  void anEndWithoutACloseFrameIsACutAlsoWithinAFrame() throws IOException {
    send("8105" + hex("tw"));
    server.close();

    assertThat(tunnel.next(PATIENCE)).isEmpty();
    assertThat(tunnel.state()).isEqualTo(Tunnel.State.CUT);
  }

  @Test
  void aFrameLargerThanAnyOfTheGatewaysEndsTheTunnel() throws IOException {
    send("817f7fffffffffffffff");

    assertThat(tunnel.next(PATIENCE)).isEmpty();
    assertThat(tunnel.state()).isEqualTo(Tunnel.State.CUT);
  }

  private void send(String hex) throws IOException {
    server.getOutputStream().write(HEX.parseHex(hex));
  }

  private static String hex(String text) {
    return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void readHead(InputStream in) throws IOException {
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      last = last << 8 | b;
      if (last == 0x0d0a0d0a) {
        return;
      }
    }
  }
}
