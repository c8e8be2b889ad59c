package io.pushgate.gateway.ingress;

import io.pushgate.protocol.ingress.IngressAnswer.Nack;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import org.jspecify.annotations.Nullable;

/** The answers of a gateway that is shutting down. <em>Immutable.</em> */
final class Draining implements IngressRequest.Cases<Nack> {
  static final Draining REPLIES = new Draining();

  private Draining() {}

  @Override
  public Nack hello(IngressRequest.Hello request) {
    return nack(null);
  }

  @Override
  public Nack push(IngressRequest.Push request) {
    return nack(request.id());
  }

  @Override
  public Nack recall(IngressRequest.Recall request) {
    return nack(request.id());
  }

  @Override
  public Nack presence(IngressRequest.Presence request) {
    return nack(null);
  }

  @Override
  public Nack status(IngressRequest.Status request) {
    return nack(request.id());
  }

  @Override
  public Nack ping(IngressRequest.Ping request) {
    return nack(null);
  }

  private static Nack nack(@Nullable String id) {
    return new Nack(id, NackCode.DRAINING, "the gateway is shutting down");
  }
}
