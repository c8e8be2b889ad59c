package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.testing.EchoProgram;
import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.JavaSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartScriptTest {
  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void install() throws IOException {
    Path original = JavaSource.projectRoot().resolve("gateway/bin/pushgate");
    script = Files.copy(original, Files.createDirectory(folder.resolve("bin")).resolve("pushgate"));
    Files.createDirectory(folder.resolve("target"));
    writeJar(folder.resolve("target/pushgate.jar"));
  }

  @Test
  void handsItsArgumentsOverAsTheyAre() {
    Finished run = run(List.of(), "push", "--data", "{\"a\": \"b c\"}", "", "*", "$HOME");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .isEqualTo(
            """
            argument [push]
            argument [--data]
            argument [{"a": "b c"}]
            argument []
            argument [*]
            argument [$HOME]
            """);
  }

  @Test
  void choosesFlagsThatTheRunningJvmTakesWithoutAWord() {
    Finished run = run(List.of(), EchoProgram.PRINT_FLAGS);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("flag [-XX:+UseSerialGC]", "flag [-Dio.netty.leakDetection.level=disabled]")
        .doesNotContainIgnoringCase("warning");
  }

  @Test
  void letsTheOperatorsFlagsWin() {
    Finished run =
        run(List.of("PUSHGATE_JAVA_OPTS=-Xmn32m -Dcolour=green"), EchoProgram.PRINT_FLAGS);

    assertThat(run.output().lines().filter(flag -> flag.contains("-Xmn") || flag.contains("col")))
        .containsExactly("flag [-Xmn16m]", "flag [-Xmn32m]", "flag [-Dcolour=green]");
  }

  @Test
  void keepsItsOwnVariablesFromTheProgram() {
    Finished run = run(List.of("PUSHGATE_JAVA_OPTS=-Da=b"), EchoProgram.PRINT_VARIABLES);

    assertThat(run.output()).isEqualTo("variable [PUSHGATE_PUBLIC_PORT]\n");
  }

  @Test
  void givesEachJvmTheFlagsItKnows() throws IOException {
    assertThat(flagsFor("17.0.15"))
        .contains("-XX:+UseSerialGC")
        .doesNotContain("-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow");
    assertThat(flagsFor("24"))
        .contains("--sun-misc-unsafe-memory-access=allow")
        .doesNotContain("-XX:+UseCompactObjectHeaders");
    assertThat(flagsFor("25.0.3"))
        .contains("--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders");
  }

  @Test
  void refusesAJvmThatIsTooOld() throws IOException {
    Finished run = run(List.of("PUSHGATE_JAVA=" + jvmThatSaysItIs("11.0.2")));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("11", "17 or newer");
  }

  @Test
  void saysWhereItLookedForTheJar() throws IOException {
    Files.delete(folder.resolve("target/pushgate.jar"));

    Finished run = run(List.of());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("no pushgate.jar", "mvn");
  }

  @Test
  void isFoundThroughALinkAndBesideItsJar() throws IOException {
    Files.move(folder.resolve("target/pushgate.jar"), folder.resolve("bin/pushgate.jar"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), script);

    Finished run = Finished.run("sh", link.toString(), "here");

    assertThat(run.output()).isEqualTo("argument [here]\n");
  }

  private Finished run(List<String> variables, String... arguments) {
    Stream<String> command =
        Stream.of(
                Stream.of("env", "PUSHGATE_JAVA=" + runningJava(), "PUSHGATE_PUBLIC_PORT=0"),
                variables.stream(),
                Stream.of("sh", script.toString()),
                Stream.of(arguments))
            .flatMap(part -> part);
    return Finished.run(command.toArray(String[]::new));
  }

  private List<String> flagsFor(String version) throws IOException {
    return run(List.of("PUSHGATE_JAVA=" + jvmThatSaysItIs(version))).output().lines().toList();
  }

  /** A stand-in that answers -version and otherwise prints what it is given, a line each. */
  private Path jvmThatSaysItIs(String version) throws IOException {
    Path java = folder.resolve("java-" + version);
    Files.writeString(
        java,
        """
        #!/bin/sh
        case $1 in
          -version) echo 'openjdk version "%s" 2025-04-15' >&2 ;;
          *) printf '%%s\\n' "$@" ;;
        esac
        """
            .formatted(version));
    return Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String runningJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void writeJar(Path jar) throws IOException {
    String entry = EchoProgram.class.getName().replace('.', '/') + ".class";
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, EchoProgram.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(entry));
      out.write(EchoProgram.class.getResourceAsStream("EchoProgram.class").readAllBytes());
    }
  }
}
