package io.pushgate.gateway.installer;

import io.pushgate.gateway.Gateway;
import io.pushgate.gateway.command.Service;
import io.pushgate.gateway.config.GatewayConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A gateway that lets in anybody and says so, for all tests of a class. */
final class OpenGateway implements BeforeAllCallback, AfterAllCallback {
  private @Nullable Service gateway;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    gateway = Gateway.start(GatewayConfig.of("broker=memory", "open=true").withFreePorts());
  }

  /** Where nginx is to find it. */
  int port() {
    return Objects.requireNonNull(gateway).bound().publicPort();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Objects.requireNonNull(gateway).close();
  }
}
