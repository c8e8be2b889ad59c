package io.pushgate.gateway;

import io.pushgate.gateway.testing.GatewayExtension;

class EndToEndTest extends EndToEndContract {
  @Override
  GatewayExtension gateway() {
    return GatewayExtension.of("journal-count=100000", "journal-bytes=64MiB");
  }
}
