package io.pushgate.gateway.doctor;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.judge.Configuration;
import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.NginxSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Does what a doctor's report says to a configuration, as an operator would who believes every word
 * of it: it knows nginx's rules and the printed lines, and nothing of what is broken. Stateless.
 */
final class NginxMender {
  private NginxMender() {}

  /** The configuration with all edits, which are meant for the site at this host and port. */
  static Configuration mend(Configuration broken, String host, int port, List<Edit> edits)
      throws NginxSyntaxException {
    Configuration mended = broken;
    for (Edit edit : edits) {
      mended = mend(mended, host, port, edit);
    }
    return mended;
  }

  /** As nginx reads it. */
  static String text(Configuration configuration) {
    return configuration.directives().stream().map(Directive::text).collect(Collectors.joining());
  }

  private static Configuration mend(Configuration broken, String host, int port, Edit edit)
      throws NginxSyntaxException {
    List<Directive> lines = Directive.parse(String.join("\n", edit.lines()));
    if (edit.place() == Edit.Place.MAIN) {
      return new Configuration(put(lines, broken.directives()));
    }
    Directive block =
        broken
            .blockOf(host, port, edit)
            .orElseThrow(() -> new IllegalStateException("no place for " + edit));
    return new Configuration(rebuilt(broken.directives(), block, put(lines, block.block())));
  }

  /** Each line stands instead of those that set the same, or else before all others. */
  private static List<Directive> put(List<Directive> lines, List<Directive> block) {
    List<Directive> result = new ArrayList<>(block);
    for (Directive line : lines) {
      int at = 0;
      while (at < result.size() && !result.get(at).setsTheSameAs(line)) {
        at++;
      }
      int place = at == result.size() ? 0 : at;
      result.removeIf(line::setsTheSameAs);
      result.add(place, line);
    }
    return result;
  }

  private static List<Directive> rebuilt(
      List<Directive> directives, Directive block, List<Directive> inside) {
    return directives.stream()
        .map(
            each ->
                new Directive(
                    each.name(),
                    each.arguments(),
                    each.equals(block) ? inside : rebuilt(each.block(), block, inside),
                    each.hasBlock(),
                    each.file(),
                    each.line()))
        .toList();
  }
}
