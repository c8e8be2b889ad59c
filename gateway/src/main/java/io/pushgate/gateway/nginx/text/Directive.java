package io.pushgate.gateway.nginx.text;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.FileLine;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One directive of nginx's configuration with its words, unquoted, and where it is written.
 * Immutable.
 *
 * @param block what stands in its braces; includes are already replaced by what they include
 * @param hasBlock whether there are braces; in those of another language nothing is read, and their
 *     text is the last argument
 */
public record Directive(
    String name,
    List<String> arguments,
    List<Directive> block,
    boolean hasBlock,
    String file,
    int line) {

  public Directive {
    arguments = List.copyOf(arguments);
    block = List.copyOf(block);
  }

  /** Reads text that is not a file; an {@code include} in it stays as it is written. */
  public static List<Directive> parse(String text) throws NginxSyntaxException {
    return ConfigurationReader.read(text);
  }

  /** Whether it has this name. */
  public boolean is(String otherName) {
    return name.equals(otherName);
  }

  /** One of its words, counted from 0; empty where there are fewer. */
  public String argument(int index) {
    return index < arguments.size() ? arguments.get(index) : "";
  }

  /** The directives of this name right inside. */
  public List<Directive> all(String childName) {
    return block.stream().filter(child -> child.is(childName)).toList();
  }

  /** The first of this name right inside. */
  public Optional<Directive> first(String childName) {
    return block.stream().filter(child -> child.is(childName)).findFirst();
  }

  /** Where it begins. */
  public FileLine place() {
    return new FileLine(file, line);
  }

  /** Whether one of the two would stand instead of the other, in the sense of {@link Edit}. */
  public boolean setsTheSameAs(Directive other) {
    return setting().equals(other.setting());
  }

  private String setting() {
    return switch (name) {
      case "location" -> "location " + LocationPattern.of(this).setting();
      case "proxy_set_header", "proxy_hide_header", "proxy_pass_header", "add_header" ->
          name + " " + argument(0).toLowerCase(Locale.ROOT);
      case "map" -> name + " " + argument(1);
      case "upstream" -> name + " " + argument(0);
      case "limit_conn_zone", "limit_req_zone" -> name + " " + zone();
      default -> name;
    };
  }

  /** The name in {@code zone=name:10m}. */
  private String zone() {
    return arguments.stream()
        .filter(word -> word.startsWith("zone="))
        .map(word -> word.replaceFirst(":.*", ""))
        .findFirst()
        .orElse("");
  }

  /** As it would be written, on lines of its own; comments and the first spelling are gone. */
  public String text() {
    if (ConfigurationReader.isOpaque(name)) {
      return "%s {%s}\n".formatted(name, argument(arguments.size() - 1));
    }
    String words = arguments.stream().map(word -> " " + quoted(word)).collect(Collectors.joining());
    if (!hasBlock) {
      return quoted(name) + words + ";\n";
    }
    return block.stream()
        .map(Directive::text)
        .collect(Collectors.joining("", quoted(name) + words + " {\n", "}\n"));
  }

  private static String quoted(String word) {
    boolean plain =
        !word.isEmpty() && word.chars().noneMatch(c -> " \t\r\n;{}\"'\\#".indexOf(c) >= 0);
    return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
