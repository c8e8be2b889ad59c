package io.pushgate.gateway.doctor;

import io.pushgate.gateway.testing.NginxServer;
import io.pushgate.gateway.testing.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The files that a case of the corpus finds in its folder. Immutable. */
final class SiteFiles {
  private static final String HOST = "site.test";

  private final Path folder;
  private final Map<String, String> names;

  /**
   * @param names what stands for ports, the folder itself among them
   */
  SiteFiles(Path folder, Map<String, String> names) {
    this.folder = folder;
    this.names = Map.copyOf(names);
  }

  /** Text of the corpus with the names replaced. */
  String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace(name.getKey(), name.getValue());
    }
    return filled;
  }

  void write(SiteCase site) {
    write("page/index.html", "<!doctype html><title>page</title>");
    // The user "staff" with the password "secret".
    write("htpasswd", "staff:{PLAIN}secret\n");
    writeLocations();
    for (String each : new String[] {"snippets/pushgate.conf", "snippets/pushgate-proxy.conf"}) {
      write(each, NginxServer.projectFile(each).replace("/var/log/nginx/", folder + "/logs/"));
    }
    String http = "conf.d/00-pushgate.conf";
    write(http, NginxServer.projectFile(http).replace("127.0.0.1:8000", "127.0.0.1:@GATEWAY@"));
    certificate(site.header("certificate", ""));
  }

  /** What is right, to be included where something around it is wrong. */
  private void writeLocations() {
    write(
        "lines.conf",
        """
        proxy_pass http://127.0.0.1:@GATEWAY@;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection "upgrade";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        """);
    write(
        "location.conf",
        """
        location ^~ /api/v1/notifications/ {
            include @FOLDER@/lines.conf;
        }
        """);
    write(
        "good.conf",
        """
        server {
            listen 127.0.0.1:@PORT@;
            include @FOLDER@/location.conf;
        }
        """);
  }

  private void certificate(String kind) {
    if (kind.isEmpty()) {
      return;
    }
    TestCertificate made =
        switch (kind) {
          case "expired" -> TestCertificate.expired(folder, HOST);
          case "other" -> TestCertificate.create(folder, "other.test");
          default -> TestCertificate.create(folder, HOST);
        };
    try {
      Files.move(made.certificate(), folder.resolve("site.crt"));
      Files.move(made.key(), folder.resolve("site.key"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the doctor trusts: the site's certificate, unless the case is that nobody does. */
  Map<String, String> trust(SiteCase site) {
    boolean known = !site.header("certificate", "unknown").equals("unknown");
    return known ? Map.of("SSL_CERT_FILE", folder.resolve("site.crt").toString()) : Map.of();
  }

  private void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, filled(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
