package io.pushgate.gateway.nginx.text;

/** A configuration that can't be read, and the place where that was noticed. Any thread. */
public final class NginxSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;

  NginxSyntaxException(String problem, String file, int line) {
    super("%s in %s:%d".formatted(problem, file, line));
    this.file = file;
    this.line = line;
  }

  public String file() {
    return file;
  }

  public int line() {
    return line;
  }
}
