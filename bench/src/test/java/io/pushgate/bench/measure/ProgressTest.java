package io.pushgate.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String shown(boolean terminal, boolean quiet) {
    Progress progress = new Progress(out, terminal, quiet);
    progress.line("10 delivered");
    progress.line("9");
    progress.end();
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void writesOverItsOwnLineOnATerminal() {
    assertThat(shown(true, false)).isEqualTo("\r10 delivered\r9           \n");
  }

  @Test
  void writesPlainLinesElsewhere() {
    assertThat(shown(false, false)).isEqualTo("10 delivered\n9\n");
  }

  @Test
  void staysSilentWhenAskedTo() {
    assertThat(shown(true, true)).isEmpty();
  }
}
