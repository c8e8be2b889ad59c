package io.pushgate.bench.measure;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One line a second on stderr: over itself on a terminal, line by line elsewhere. The thread that
 * runs the command.
 */
public final class Progress {
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  private final PrintStream out;
  private final boolean terminal;
  private final boolean quiet;
  private int shown;

  public static Progress onStderr(boolean quiet) {
    return new Progress(System.err, isTerminal(STDERR), quiet);
  }

  /** The JVM itself can't tell of stderr alone. */
  private static boolean isTerminal(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  Progress(PrintStream out, boolean terminal, boolean quiet) {
    this.out = out;
    this.terminal = terminal;
    this.quiet = quiet;
  }

  public void line(String text) {
    if (quiet) {
      return;
    }
    if (!terminal) {
      out.println(text);
      return;
    }
    out.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
    out.flush();
    shown = text.length();
  }

  /** Leaves the line, so that what follows starts on one of its own. */
  public void end() {
    if (terminal && shown > 0) {
      out.println();
      shown = 0;
    }
  }
}
