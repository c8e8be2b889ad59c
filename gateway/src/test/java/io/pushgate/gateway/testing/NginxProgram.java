package io.pushgate.gateway.testing;

import java.nio.file.Path;

/** Where this machine has nginx; any thread. */
public final class NginxProgram {
  private NginxProgram() {}

  public static Path path() {
    return Programs.find("nginx", "nginx");
  }
}
