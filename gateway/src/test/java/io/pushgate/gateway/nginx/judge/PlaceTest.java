package io.pushgate.gateway.nginx.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.Edit.Place;
import io.pushgate.gateway.nginx.Lines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an edit belongs. */
final class PlaceTest {
  @TempDir Path folder;
  private Configuration configuration;

  @BeforeEach
  void read() throws Exception {
    Path main =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            worker_processes 1;
            http {
              include site.conf;
            }
            """);
    Files.writeString(
        folder.resolve("site.conf"),
        """
        server {
          listen 80 default_server;
        }
        server {
          listen 80;
          server_name a.test;
          location /api/ {
            proxy_http_version 1.0;
            if ($http_upgrade) {
              set $x 1;
            }
          }
        }
        """);
    configuration = Configuration.read(main);
  }

  @Test
  void itIsTheLineThatItStandsInsteadOf() {
    assertThat(place("a.test", Place.LOCATION, "proxy_http_version 1.1;")).contains("site.conf:8");
    assertThat(place("a.test", Place.SERVER, "location /api/ { }")).contains("site.conf:7");
    assertThat(place("a.test", Place.MAIN, "worker_processes 2;")).contains("nginx.conf:1");
  }

  @Test
  void itIsTheBlockWhereThereIsNoSuchLine() {
    assertThat(place("a.test", Place.LOCATION, "proxy_buffering off;")).contains("site.conf:7");
    assertThat(place("a.test", Place.SERVER, "location / { }")).contains("site.conf:4");
    assertThat(place("a.test", Place.HTTP, "map a b { }")).contains("nginx.conf:2");
    assertThat(place("b.test", Place.LOCATION, "proxy_buffering off;")).contains("site.conf:1");
  }

  @Test
  void thereIsNoneWhereNoServerListens() {
    Edit edit = new Edit(Place.SERVER, Lines.PATH, List.of("a b;"));

    assertThat(configuration.placeOf("a.test", 81, edit)).isEmpty();
  }

  private Optional<String> place(String host, Place place, String line) {
    Edit edit = new Edit(place, Lines.PATH + "x", List.of(line));
    return configuration
        .placeOf(host, 80, edit)
        .map(found -> folder.relativize(Path.of(found.file())) + ":" + found.line());
  }
}
