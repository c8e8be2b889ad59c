package io.pushgate.gateway.command;

import io.pushgate.gateway.config.GatewayConfig;
import io.pushgate.gateway.config.ListenConfig;

/** A started gateway, as {@code serve} sees it. Any thread. */
public interface Service {

  /** Starts a gateway: returns once all ports are bound. */
  interface Starter {

    /**
     * Starts it, or leaves nothing behind.
     *
     * @throws StartException where the world does not allow it: a port in use, say
     */
    Service start(GatewayConfig config) throws StartException;
  }

  /** Where the three ports were bound. */
  ListenConfig bound();

  /** Drains and stops; returns when everything is down. A second call waits for the first. */
  void close();

  /** Makes a {@link #close()} that is under way stop waiting for anybody. */
  void cutShort();

  /**
   * Waits until the gateway is down, whoever stopped it; answers whether all of it stopped well.
   */
  boolean awaitTermination() throws InterruptedException;
}
