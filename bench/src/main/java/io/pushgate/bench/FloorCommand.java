package io.pushgate.bench;

import io.netty.channel.epoll.Epoll;
import io.pushgate.bench.floor.FloorServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves as the floor until its stdin ends. */
@Command(
    name = "floor",
    description =
        "Serves the same sessions and pushes by a bare loop of sends, until its stdin ends: what"
            + " no gateway can be faster than, one message a send. JSON lines alone.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FloorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--public-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "For sessions; 0 takes a free one. Default: ${DEFAULT-VALUE}")
  private int publicPort;

  @Option(
      names = "--ingress-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "For publishers; 0 takes a free one. Default: ${DEFAULT-VALUE}")
  private int ingressPort;

  @Override
  public Integer call() throws IOException {
    Epoll.ensureAvailability();
    try (FloorServer server = new FloorServer(publicPort, ingressPort)) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "listening public=127.0.0.1:%d ingress=127.0.0.1:%d pid=%d%n",
          server.publicPort(), server.ingressPort(), ProcessHandle.current().pid());
      out.flush();
      InputStream in = System.in;
      in.transferTo(OutputStream.nullOutputStream());
    }
    return ExitCode.FINE;
  }
}
