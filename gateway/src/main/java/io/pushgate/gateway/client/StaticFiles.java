package io.pushgate.gateway.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page and its scripts, read from the class path once, at start. Immutable.
 *
 * <p>The page shows how to push to it, so {@code demo.json} tells it where the publishers' port was
 * bound.
 */
public final class StaticFiles {
  private static final String FOLDER = "/web";
  private static final String PAGE = "index.html";
  private static final String DEMO = "demo.json";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "ts", "text/plain; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json");

  private final Map<String, StaticFile> files = new HashMap<>();

  /** One file as it is sent; the content is read-only and nobody's to release. */
  record StaticFile(ByteBuf content, String type, String etag) {}

  /**
   * Reads the files.
   *
   * @param ingressAddress {@code HOST:PORT} of the publishers' port
   */
  public StaticFiles(String ingressAddress) {
    URL folder = StaticFiles.class.getResource(FOLDER);
    if (folder == null) {
      throw new IllegalStateException("the browser's files are missing from the class path");
    }
    add(DEMO, ("{\"ingress\":\"" + ingressAddress + "\"}").getBytes(StandardCharsets.UTF_8));
    try {
      read(folder.toURI());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the browser's files", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a path behind the first slash is a file's. */
  boolean has(String path) {
    return files.containsKey(nameOf(path));
  }

  Optional<StaticFile> find(String path) {
    return Optional.ofNullable(files.get(nameOf(path)));
  }

  private void read(URI folder) throws IOException {
    if (folder.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
        readFolder(jar.getPath(FOLDER));
      }
    } else {
      readFolder(Path.of(folder));
    }
  }

  private void readFolder(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        add(name, Files.readAllBytes(file));
      }
    }
  }

  private void add(String name, byte[] bytes) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type != null) {
      files.put(name, new StaticFile(constant(bytes), type, etag(bytes)));
    }
  }

  private static ByteBuf constant(byte[] bytes) {
    return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes).asReadOnly());
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String nameOf(String path) {
    return path.isEmpty() ? PAGE : path;
  }
}
