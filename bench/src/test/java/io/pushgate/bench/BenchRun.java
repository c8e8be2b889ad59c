package io.pushgate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.bench.testing.FakeGateway;
import io.pushgate.bench.testing.Mischief;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** One call of the command line, with what it left behind. */
record BenchRun(int exitCode, String out, String err, JsonNode json) {

  /** 30 pushes to 5 sessions, 25 of them measured. */
  static final String[] SHORT = {
    "--sessions", "5", "--rate", "50", "--warmup", "100ms", "--duration", "500ms", "--settle", "3s"
  };

  static BenchRun broadcast(Mischief mischief, String... options) throws IOException {
    try (FakeGateway gateway = new FakeGateway(mischief)) {
      BenchRun run = against(gateway, "broadcast", options);
      if (!gateway.faults().isEmpty()) {
        throw new AssertionError("the fake gateway failed", gateway.faults().get(0));
      }
      return run;
    }
  }

  static BenchRun against(FakeGateway gateway, String command, String... options)
      throws IOException {
    List<String> args = new ArrayList<>(List.of(command, "--url", gateway.url(), "--quiet"));
    if (!command.equals("connect")) {
      args.addAll(List.of("--ingress", gateway.ingress()));
    }
    args.addAll(List.of(options));
    return of(args.toArray(String[]::new));
  }

  /** Adds an option for the JSON file where a command is to run at all. */
  static BenchRun of(String... args) throws IOException {
    Path json = Files.createTempFile("bench", ".json");
    try {
      List<String> all = new ArrayList<>(List.of(args));
      if (args.length > 0) {
        all.addAll(List.of("--json", json.toString()));
      }
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      CommandLine commands = Main.commandLine();
      commands.setOut(new PrintWriter(out));
      commands.setErr(new PrintWriter(err));
      int exitCode = commands.execute(all.toArray(String[]::new));
      String written = Files.readString(json);
      return new BenchRun(
          exitCode, out.toString(), err.toString(), new ObjectMapper().readTree(written));
    } finally {
      Files.delete(json);
    }
  }

  long count(String section, String figure) {
    JsonNode value = json.path(section).path(figure);
    if (!value.isIntegralNumber()) {
      throw new AssertionError("no count %s.%s in %s, %s".formatted(section, figure, json, err));
    }
    return value.longValue();
  }
}
