package io.pushgate.gateway.ingress;

import io.pushgate.gateway.config.Secret;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.IngressRequest.Hello;
import io.pushgate.protocol.ingress.NackCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the requests of one publisher are taken: where there are secrets, not before he named
 * his, and never under a name that it does not open. <em>Event loop only.</em>
 */
final class Admission {
  private final IngressAccess access;
  private final Optional<Secret> shown;
  private final Runnable granted;
  private boolean open;

  private Admission(IngressAccess access, Optional<Secret> shown, boolean open, Runnable granted) {
    this.access = access;
    this.shown = shown;
    this.granted = granted;
    if (open) {
      open();
    }
  }

  /**
   * That of a connection, which is let in by its hello.
   *
   * @param granted runs when it is let in, maybe at once
   */
  static Admission ofConnection(IngressAccess access, Runnable granted) {
    return new Admission(access, Optional.empty(), access.isOpen(), granted);
  }

  /** That of an HTTP request, whose head let it in. */
  static Admission ofCall(IngressAccess access, Optional<Secret> shown) {
    return new Admission(access, shown, true, () -> {});
  }

  boolean isOpen() {
    return open;
  }

  /** How large a line or frame may be: who is not let in yet costs little memory. */
  int maxBytes() {
    return open ? Limits.MAX_LINE : Limits.MAX_BYTES_BEFORE_HELLO;
  }

  /** Lets a publisher in, or answers why not. */
  @Nullable Nack objection(Hello hello) {
    String secret = hello.secret();
    Optional<Secret> named = secret == null ? shown : Optional.of(Secret.of(secret));
    Optional<String> objection = access.objection(named, hello.publisher());
    if (objection.isPresent()) {
      return unauthorized(objection.get());
    }
    open();
    return null;
  }

  /** Answers what came before a hello and is none. */
  Nack objection() {
    return unauthorized("hello comes first: " + access.objection(shown, null).orElse(""));
  }

  private void open() {
    if (!open) {
      open = true;
      granted.run();
    }
  }

  private static Nack unauthorized(String message) {
    return new Nack(null, NackCode.UNAUTHORIZED, message);
  }
}
