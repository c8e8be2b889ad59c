package io.pushgate.gateway.nginx.text;

import io.pushgate.gateway.nginx.text.Token.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration's files into one tree, each {@code include} replaced by what it includes.
 * Depth, files and bytes are bounded, since a file may include itself. One thread, for one reading.
 */
public final class ConfigurationReader {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_FILES = 2000;
  private static final int MAX_BYTES = 16 << 20;

  /** What relative includes start from, in whatever file they stand; null where none is read. */
  private final @Nullable Path folder;

  private int files;
  private int bytes;
  private int depth;

  private ConfigurationReader(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Reads the main file and all that it includes. */
  public static List<Directive> read(Path main) throws NginxSyntaxException {
    Path file = main.toAbsolutePath().normalize();
    ConfigurationReader reader = new ConfigurationReader(file.getParent());
    Tokenizer tokens = reader.open(file, new NginxSyntaxException("can't be read", main + "", 0));
    return reader.statements(tokens, Kind.END);
  }

  /** Reads text that is not a file, and leaves includes as they are. */
  static List<Directive> read(String text) throws NginxSyntaxException {
    return new ConfigurationReader(null).statements(new Tokenizer("(text)", text), Kind.END);
  }

  static boolean isOpaque(String name) {
    return name.endsWith("_by_lua_block");
  }

  private List<Directive> statements(Tokenizer tokens, Kind end) throws NginxSyntaxException {
    if (++depth > MAX_DEPTH) {
      throw tokens.fault("more than %d blocks and includes in each other".formatted(MAX_DEPTH));
    }
    List<Directive> found = new ArrayList<>();
    Token token = tokens.next();
    for (; token.kind() == Kind.WORD; token = tokens.next()) {
      Directive directive = statement(token, tokens);
      if (directive.is("include") && folder != null) {
        found.addAll(included(directive, folder));
      } else {
        found.add(directive);
      }
    }
    if (token.kind() != end) {
      throw unexpected(token, tokens, "\"}\"");
    }
    depth--;
    return found;
  }

  private Directive statement(Token name, Tokenizer tokens) throws NginxSyntaxException {
    List<String> words = new ArrayList<>();
    Token token = tokens.next();
    for (; token.kind() == Kind.WORD; token = tokens.next()) {
      words.add(token.text());
    }
    boolean hasBlock = token.kind() == Kind.OPEN;
    List<Directive> block = List.of();
    if (hasBlock && isOpaque(name.text())) {
      words.add(tokens.opaqueBlock());
    } else if (hasBlock) {
      block = statements(tokens, Kind.CLOSE);
    } else if (token.kind() != Kind.SEMICOLON) {
      throw unexpected(token, tokens, "\";\" or \"}\"");
    }
    return new Directive(name.text(), words, block, hasBlock, tokens.file(), name.line());
  }

  private static NginxSyntaxException unexpected(Token token, Tokenizer tokens, String expected) {
    return tokens.fault(
        token.kind() == Kind.END
            ? "unexpected end of file, expecting " + expected
            : "unexpected \"%s\"".formatted(token.text()));
  }

  private List<Directive> included(Directive include, Path from) throws NginxSyntaxException {
    String name = include.argument(0);
    NginxSyntaxException fault =
        new NginxSyntaxException(
            "include \"%s\" can't be read".formatted(name), include.file(), include.line());
    List<Directive> found = new ArrayList<>();
    try {
      Path pattern = from.resolve(name).normalize();
      for (Path file : Glob.isGlob(name) ? Glob.matching(pattern) : List.of(pattern)) {
        found.addAll(statements(open(file, fault), Kind.END));
      }
      return found;
    } catch (IOException | InvalidPathException unreadable) {
      fault.initCause(unreadable);
      throw fault;
    }
  }

  private Tokenizer open(Path file, NginxSyntaxException fault) throws NginxSyntaxException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES - bytes + 1);
      bytes += content.length;
      if (bytes > MAX_BYTES || ++files > MAX_FILES) {
        throw new NginxSyntaxException(
            "more than %d files or %d bytes in all".formatted(MAX_FILES, MAX_BYTES),
            file.toString(),
            0);
      }
      return new Tokenizer(file.toString(), new String(content, StandardCharsets.UTF_8));
    } catch (NoSuchFileException missing) {
      throw fault;
    } catch (IOException unreadable) {
      fault.initCause(unreadable);
      throw fault;
    }
  }
}
