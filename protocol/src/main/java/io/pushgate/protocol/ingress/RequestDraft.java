package io.pushgate.protocol.ingress;

import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Names;
import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request while it is being read from either form. It keeps the first fault and goes on, so that
 * ref and id are known to the nack wherever in the request they stand. Confined to its caller.
 */
final class RequestDraft {
  Ref ref = Ref.NONE;
  private @Nullable String id;
  private @Nullable String type;
  private @Nullable String collapse;
  private @Nullable String publisher;
  private @Nullable String secret;
  private @Nullable String after;
  private boolean receipt;
  private @Nullable UserId user;
  private @Nullable Audience to;
  private @Nullable Set<UserId> several;
  private @Nullable Payload data;
  private int ttlSeconds = IngressRequest.Push.NO_TTL;
  private @Nullable NackCode faultCode;
  private String fault = "";

  /** Remembers a fault, if it is the first. */
  void fault(NackCode code, String message) {
    if (faultCode == null) {
      faultCode = code;
      fault = message;
    }
  }

  void bad(String message) {
    fault(NackCode.BAD_REQUEST, message);
  }

  void id(String value) {
    if (isName("id", value)) {
      id = value;
    }
  }

  void type(String value) {
    if (isName("type", value)) {
      type = value;
    }
  }

  void collapse(String value) {
    if (isName("collapse", value)) {
      collapse = value;
    }
  }

  void publisher(String value) {
    if (isName("publisher", value)) {
      publisher = value;
    }
  }

  void secret(String value) {
    secret = value;
  }

  /** Any text: what is no cursor is told by the answer and no fault. */
  void after(String value) {
    after = value;
  }

  void receipt(boolean wanted) {
    receipt = wanted;
  }

  void user(String value) {
    user = userOf("user", value);
  }

  /** One name, or the star for everyone. */
  void to(String name) {
    if (name.equals("*")) {
      toEveryone();
    } else {
      toOne(name);
    }
  }

  void toEveryone() {
    to = new Audience.Everyone();
  }

  void toOne(String name) {
    UserId one = userOf("to", name);
    to = one == null ? null : new Audience.One(one);
  }

  /** Begins a list; {@link #toNext} adds to it and {@link #toComplete} ends it. */
  void toSeveral() {
    several = new LinkedHashSet<>();
  }

  void toNext(String name) {
    UserId next = faultCode == null ? userOf("to", name) : null;
    if (next != null && several != null && several.add(next)) {
      int count = several.size();
      if (count > Limits.MAX_RECIPIENTS) {
        fault(NackCode.TOO_LARGE, "to: more than %d users".formatted(Limits.MAX_RECIPIENTS));
      }
    }
  }

  void toComplete() {
    if (several == null || several.isEmpty()) {
      bad("to: names nobody");
    } else if (faultCode == null) {
      to = new Audience.Several(new ArrayList<>(several));
    }
  }

  void ttl(long seconds) {
    if (seconds < 0 || seconds > Integer.MAX_VALUE) {
      bad("ttl: expected whole seconds, 0 to %d".formatted(Integer.MAX_VALUE));
    } else {
      ttlSeconds = (int) seconds;
    }
  }

  /** Whether data of this size may be taken. */
  boolean admitsData(int bytes, int maxPayload) {
    if (bytes > maxPayload) {
      fault(NackCode.TOO_LARGE, "data: %d bytes, %d at most".formatted(bytes, maxPayload));
    }
    return bytes <= maxPayload;
  }

  void data(Payload value) {
    data = value;
  }

  /** As far as it was read. */
  @Nullable String id() {
    return id;
  }

  /** The request of this kind, or the first fault. */
  Envelope complete(@Nullable RequestKind kind) throws MalformedRequest {
    check();
    return new Envelope(ref, request(needed("op", kind)));
  }

  private IngressRequest request(RequestKind kind) throws MalformedRequest {
    return switch (kind) {
      case HELLO -> new IngressRequest.Hello(secret, publisher, after);
      case PUSH -> push();
      case RECALL -> new IngressRequest.Recall(needed("id", id));
      case PRESENCE -> new IngressRequest.Presence(needed("user", user));
      case STATUS -> new IngressRequest.Status(needed("id", id));
      case PING -> new IngressRequest.Ping();
    };
  }

  private IngressRequest push() throws MalformedRequest {
    int users = several == null ? 1 : several.size();
    if (data != null && (long) users * data.length() > Limits.MAX_FANOUT_BYTES) {
      fault(
          NackCode.TOO_LARGE,
          "to: %d users times %d bytes of data, %d at most"
              .formatted(users, data.length(), Limits.MAX_FANOUT_BYTES));
    }
    if (receipt && to instanceof Audience.Everyone) {
      bad("receipt: not given for a push to everyone");
    }
    check();
    return new IngressRequest.Push(
        needed("to", to), id, type, needed("data", data), ttlSeconds, collapse, receipt);
  }

  private void check() throws MalformedRequest {
    if (faultCode != null) {
      throw new MalformedRequest(ref, id, faultCode, fault);
    }
  }

  private <T> T needed(String field, @Nullable T value) throws MalformedRequest {
    if (value == null) {
      throw new MalformedRequest(ref, id, NackCode.BAD_REQUEST, field + ": is missing");
    }
    return value;
  }

  private boolean isName(String field, String value) {
    String wrong = Names.fault(value, Limits.MAX_NAME_BYTES);
    if (wrong != null) {
      bad(field + ": " + wrong);
    }
    return wrong == null;
  }

  private @Nullable UserId userOf(String field, String value) {
    String wrong = UserId.fault(value);
    if (wrong != null) {
      bad(field + ": " + wrong);
      return null;
    }
    return new UserId(value);
  }
}
