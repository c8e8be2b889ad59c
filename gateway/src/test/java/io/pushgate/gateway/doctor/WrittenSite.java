package io.pushgate.gateway.doctor;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.judge.Configuration;
import io.pushgate.gateway.nginx.text.NginxSyntaxException;
import io.pushgate.gateway.testing.TempDirectory;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A case of the corpus as files in a folder of its own, its neighbours beside it, and an nginx for
 * them that does not run yet. One thread.
 */
final class WrittenSite implements AutoCloseable {
  private final SiteCase site;
  private final TempDirectory folder = TempDirectory.create("pushgate-site");
  private final Neighbours neighbours = new Neighbours();
  private final RawNginx nginx = new RawNginx(folder.path());
  private final SiteFiles files;

  /**
   * @param gatewayPort the port that the site's files have for the gateway
   */
  WrittenSite(SiteCase site, int gatewayPort) {
    this.site = site;
    Map<String, String> names = new HashMap<>(neighbours.ports(gatewayPort));
    names.put("@FOLDER@", folder.path().toString());
    files = new SiteFiles(folder.path(), names);
    files.write(site);
    nginx.write(
        RawNginx.around(
            site.header("main", ""), site.header("events", ""), files.filled(site.text())));
  }

  RawNginx nginx() {
    return nginx;
  }

  Configuration configuration() throws NginxSyntaxException {
    return Configuration.read(nginx.file());
  }

  /** The site's host and port, where a browser would go. */
  URI address() {
    return URI.create(filled("public", "ws://127.0.0.1:@PORT@"));
  }

  /** A header of the case with the names replaced. */
  String filled(String header, String otherwise) {
    return files.filled(site.header(header, otherwise));
  }

  /** What a doctor has in his environment to trust the site. */
  Map<String, String> trust() {
    return files.trust(site);
  }

  /** Writes the configuration anew with these edits. */
  void mend(List<Edit> edits) throws NginxSyntaxException {
    URI at = address();
    nginx.write(
        NginxMender.text(NginxMender.mend(configuration(), at.getHost(), at.getPort(), edits)));
  }

  @Override
  public void close() throws IOException {
    nginx.close();
    neighbours.close();
    folder.delete();
  }
}
