package io.pushgate.gateway.auth;

/** Checks tokens. Any thread, event loops too: it waits for nothing. */
@FunctionalInterface
public interface Tokens {

  /**
   * Who a token says somebody is.
   *
   * @throws RejectedTokenException says why it is not believed
   */
  Identity verify(String token) throws RejectedTokenException;
}
