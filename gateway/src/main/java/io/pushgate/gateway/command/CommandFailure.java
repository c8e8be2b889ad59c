package io.pushgate.gateway.command;

/** A command did not do what it was asked; told in one line, without a stack trace. */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  static CommandFailure misuse(String message) {
    return new CommandFailure(Program.MISUSE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
