package io.pushgate.gateway.testing;

import io.pushgate.gateway.broker.Broker;
import io.pushgate.gateway.broker.Cursors;
import io.pushgate.gateway.broker.Publication;
import io.pushgate.gateway.broker.Receipt;
import io.pushgate.gateway.broker.ReceiptOpening;
import io.pushgate.gateway.broker.ReceiptPage;
import io.pushgate.gateway.routing.Router;
import io.pushgate.gateway.routing.Whereabouts;
import io.pushgate.gateway.session.SessionRequest;
import io.pushgate.gateway.transport.Wire;
import io.pushgate.protocol.Position;
import io.pushgate.protocol.UserId;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A router of a test that expects to be asked only what it overrides. */
public interface PartialRouter extends Router {

  private static AssertionError unexpected(String what) {
    return new AssertionError("the router was asked to " + what);
  }

  @Override
  default void publish(List<Publication> batch) {
    throw unexpected("publish");
  }

  @Override
  default void recall(String id, long receivedMillis, Publication.Outcome outcome) {
    throw unexpected("recall");
  }

  @Override
  default CompletionStage<@Nullable Whereabouts> trace(String id) {
    throw unexpected("trace");
  }

  @Override
  default CompletionStage<String> backup() {
    throw unexpected("copy the store");
  }

  @Override
  default CompletionStage<ReceiptOpening> openReceipts(String publisher, String after) {
    throw unexpected("open receipts");
  }

  @Override
  default CompletionStage<ReceiptPage> readReceipts(String publisher, long after, int maxReceipts) {
    throw unexpected("read receipts");
  }

  @Override
  default Runnable followReceipts(String publisher, Runnable more) {
    throw unexpected("follow receipts");
  }

  @Override
  default long rememberConnection(Consumer<Receipt> receipts) {
    throw unexpected("remember a connection");
  }

  @Override
  default void forgetConnection(long key) {
    throw unexpected("forget a connection");
  }

  @Override
  default Cursors cursors() {
    throw unexpected("make cursors");
  }

  @Override
  default void disconnect(UserId user) {
    throw unexpected("disconnect");
  }

  @Override
  default CompletionStage<Void> forget(UserId user) {
    throw unexpected("forget a user");
  }

  @Override
  default int presence(UserId user) {
    throw unexpected("count sessions");
  }

  @Override
  default void attach(Wire wire, SessionRequest request) {
    throw unexpected("attach a session");
  }

  @Override
  default CompletionStage<Broker.Acknowledgement> acknowledgePosted(
      UserId user, Position position) {
    throw unexpected("acknowledge");
  }
}
