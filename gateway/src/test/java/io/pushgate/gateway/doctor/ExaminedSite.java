package io.pushgate.gateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.command.CommandLineRun;
import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.text.NginxSyntaxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A case of the corpus made real: a gateway, an nginx before it, and a doctor who is told their
 * addresses and nothing else. One thread.
 */
final class ExaminedSite implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long RELOAD_MILLIS = 1500;

  private final SiteCase site;
  private final Gateway gateway;
  private final WrittenSite written;
  private final RawNginx nginx;

  /** What the doctor said, as far as the corpus is about it. */
  record Finding(int exitCode, String code, List<Edit> edits, String report) {}

  ExaminedSite(SiteCase site) throws Exception {
    this.site = site;
    List<String> options = new ArrayList<>(List.of("broker=memory"));
    options.addAll(site.words("gateway"));
    gateway = Gateway.start(GatewayConfig.of(options.toArray(String[]::new)).withFreePorts());
    written = new WrittenSite(site, gateway.bound().publicAddress().getPort());
    nginx = written.nginx();
  }

  /** One run of the doctor on nginx as it is now. */
  Finding examine() throws Exception {
    nginx.start();
    ScheduledExecutorService reloads = Executors.newSingleThreadScheduledExecutor();
    try {
      if (!site.header("freeze", "").isEmpty()) {
        nginx.freeze();
      }
      if (!site.header("reload", "").isEmpty()) {
        reloads.scheduleAtFixedRate(
            nginx::reload, RELOAD_MILLIS, RELOAD_MILLIS, TimeUnit.MILLISECONDS);
      }
      return finding(CommandLineRun.withEnvironment(written.trust(), command()));
    } finally {
      reloads.shutdownNow();
      nginx.stop();
    }
  }

  private String[] command() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "doctor",
                "--public",
                written.address().toString(),
                "--direct",
                written.filled("direct", "ws://127.0.0.1:@GATEWAY@"),
                "--json"));
    command.addAll(site.header("doctor", "").isEmpty() ? List.of("--quick") : site.words("doctor"));
    return command.toArray(String[]::new);
  }

  private static Finding finding(CommandLineRun run) throws Exception {
    JsonNode report = JSON.readTree(run.out());
    JsonNode first =
        report.path("diagnosis").isObject()
            ? report.path("diagnosis")
            : report.path("warnings").path(0);
    List<Edit> edits = new ArrayList<>();
    for (JsonNode edit : first.path("edits")) {
      List<String> lines = new ArrayList<>();
      edit.path("lines").forEach(line -> lines.add(line.asText()));
      edits.add(
          new Edit(
              Edit.Place.valueOf(edit.path("place").asText().toUpperCase(Locale.ROOT)),
              edit.path("path").asText(),
              lines));
    }
    return new Finding(run.exitCode(), first.path("code").asText(), edits, run.out() + run.err());
  }

  /** Does to nginx's files what the doctor printed. */
  void mend(List<Edit> edits) throws NginxSyntaxException {
    written.mend(edits);
  }

  @Override
  public void close() throws IOException {
    written.close();
    gateway.close();
  }
}
