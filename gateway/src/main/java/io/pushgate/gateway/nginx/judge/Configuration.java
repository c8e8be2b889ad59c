package io.pushgate.gateway.nginx.judge;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.FileLine;
import io.pushgate.gateway.nginx.routing.ServerChoice;
import io.pushgate.gateway.nginx.routing.Visit;
import io.pushgate.gateway.nginx.text.ConfigurationReader;
import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.NginxSyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All that nginx reads of its configuration's files, as one tree. Immutable. */
public record Configuration(List<Directive> directives) {

  public Configuration {
    directives = List.copyOf(directives);
  }

  /** Reads the main file and what it includes. */
  public static Configuration read(Path main) throws NginxSyntaxException {
    return new Configuration(ConfigurationReader.read(main));
  }

  /** What is wrong for a WebSocket in each server that it could be meant for. */
  public List<Fault> faults() {
    return Judge.of(this);
  }

  /** Whether there is any server that a WebSocket could be meant for, good or bad. */
  public boolean isJudgeable() {
    return Judge.isOf(this);
  }

  /** The same of the one server that serves a host and port; nothing where none does. */
  public List<Fault> faults(String host, int port) {
    return Judge.of(this, host, port);
  }

  /** The server that answers there, by nginx's rules. */
  public Optional<Directive> server(String host, int port) {
    return ServerChoice.of(servers(), host, port);
  }

  /** The block that an edit belongs in: the one that handles its path, where that is a location. */
  public Optional<Directive> blockOf(String host, int port, Edit edit) {
    return switch (edit.place()) {
      case MAIN -> Optional.empty();
      case HTTP -> http();
      case SERVER -> server(host, port);
      case LOCATION ->
          server(host, port)
              .map(server -> Visit.of(main(), server, host, port, edit.path()).scope().place());
    };
  }

  /** Where an edit belongs: the line it stands instead of, or else the beginning of its block. */
  public Optional<FileLine> placeOf(String host, int port, Edit edit) {
    Optional<Directive> block = blockOf(host, port, edit);
    List<Directive> there =
        edit.place() == Edit.Place.MAIN
            ? directives
            : block.map(Directive::block).orElse(List.of());
    return replaced(there, edit)
        .or(() -> block)
        .or(() -> edit.place() == Edit.Place.MAIN ? there.stream().findFirst() : Optional.empty())
        .map(Directive::place);
  }

  /** The block around all others, which nginx calls main and nobody writes. */
  Directive main() {
    return new Directive("main", List.of(), directives, true, "", 0);
  }

  List<Directive> servers() {
    return http().map(http -> http.all("server")).orElse(List.of());
  }

  private Optional<Directive> http() {
    return main().first("http");
  }

  private static Optional<Directive> replaced(List<Directive> there, Edit edit) {
    try {
      List<Directive> lines = Directive.parse(String.join("\n", edit.lines()));
      return there.stream()
          .filter(directive -> lines.stream().anyMatch(directive::setsTheSameAs))
          .findFirst();
    } catch (NginxSyntaxException notForNginx) {
      return Optional.empty();
    }
  }
}
