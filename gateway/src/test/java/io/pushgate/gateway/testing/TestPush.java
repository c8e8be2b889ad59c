package io.pushgate.gateway.testing;

import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.IngressRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A push as a publisher words it. Immutable: each verb answers a changed copy. */
public record TestPush(IngressRequest.Push request) {

  public static TestPush to(String user) {
    return of(new Audience.One(UserId.of(user)));
  }

  public static TestPush to(List<String> users) {
    return of(new Audience.Several(users.stream().map(UserId::of).toList()));
  }

  public static TestPush toEveryone() {
    return of(new Audience.Everyone());
  }

  private static TestPush of(Audience to) {
    return new TestPush(
        new IngressRequest.Push(to, null, null, Payload.of("null"), -1, null, false));
  }

  public TestPush id(String id) {
    return new TestPush(request.withId(id));
  }

  public TestPush data(String json) {
    return with(Payload.of(json), request.ttlSeconds(), request.collapse(), request.receipt());
  }

  /** A JSON string of this many bytes, its quotes among them. */
  public TestPush size(int bytes) {
    return data('"' + "x".repeat(bytes - 2) + '"');
  }

  public TestPush ttl(int seconds) {
    return with(request.data(), seconds, request.collapse(), request.receipt());
  }

  public TestPush collapse(String key) {
    return with(request.data(), request.ttlSeconds(), key, request.receipt());
  }

  /** Its publisher wants to know how it ends. */
  public TestPush receipt() {
    return with(request.data(), request.ttlSeconds(), request.collapse(), true);
  }

  /** So many pushes of this kind, whose data counts from 0. */
  public Stream<TestPush> times(int count) {
    return Stream.iterate(0, n -> n + 1).limit(count).map(n -> data(Integer.toString(n)));
  }

  private TestPush with(Payload data, int ttlSeconds, @Nullable String collapse, boolean receipt) {
    return new TestPush(
        new IngressRequest.Push(
            request.to(), request.id(), request.type(), data, ttlSeconds, collapse, receipt));
  }
}
