package io.pushgate.gateway.fuzz;

import io.pushgate.gateway.broker.CursorFuzzer;
import io.pushgate.gateway.client.HandshakeFuzzer;
import io.pushgate.gateway.client.PathFuzzer;
import io.pushgate.gateway.ingress.BinaryFrameFuzzer;
import io.pushgate.gateway.ingress.JsonLineFuzzer;
import io.pushgate.gateway.testing.JavaSource;
import io.pushgate.gateway.websocket.ClientFrameFuzzer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is fuzzed: a class each, with a faulty twin, and a folder of inputs. Immutable. */
enum FuzzTarget {
  HANDSHAKE(HandshakeFuzzer.class, HandshakeFuzzer.Planted.class),
  PATH(PathFuzzer.class, PathFuzzer.Planted.class),
  WEBSOCKET(ClientFrameFuzzer.class, ClientFrameFuzzer.Planted.class),
  JSON(JsonLineFuzzer.class, JsonLineFuzzer.Planted.class),
  BINARY(BinaryFrameFuzzer.class, BinaryFrameFuzzer.Planted.class),
  CURSOR(CursorFuzzer.class, CursorFuzzer.Planted.class);

  private static final Path GATEWAY = JavaSource.projectRoot().resolve("gateway");

  private final Class<?> fuzzer;
  private final Class<?> planted;

  FuzzTarget(Class<?> fuzzer, Class<?> planted) {
    this.fuzzer = fuzzer;
    this.planted = planted;
  }

  Class<?> fuzzer() {
    return fuzzer;
  }

  /** The same over something that holds a fault. */
  Class<?> planted() {
    return planted;
  }

  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Inputs made by hand and from the protocol's vectors. */
  Path seeds() {
    return GATEWAY.resolve("src/test/fuzz").resolve(folder()).resolve("seeds");
  }

  /** Inputs that a fuzzer found, each of which reaches something that no other does. */
  Path found() {
    return GATEWAY.resolve("src/test/fuzz").resolve(folder()).resolve("found");
  }

  /** What one run writes: new inputs, findings, its log. */
  Path work(String run) {
    return GATEWAY.resolve("target/fuzz").resolve(folder()).resolve(run);
  }

  static List<Path> inputs(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Lets a fuzzer's class look at one input, and throws what it throws. */
  static void run(Class<?> fuzzer, Path input) throws Throwable {
    try {
      fuzzer
          .getMethod("fuzzerTestOneInput", byte[].class)
          .invoke(null, (Object) Files.readAllBytes(input));
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
