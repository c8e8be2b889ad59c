package io.pushgate.gateway.ingress;

import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressRequest;
import io.pushgate.protocol.ingress.NackCode;
import io.pushgate.protocol.ingress.Ref;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as the references of both forms gather it, with every fault instead of the first. The
 * rules of PROTOCOL once more, by regular expressions. One thread.
 */
final class PlainRequest {
  private static final Pattern CONTROL_OR_SURROGATE =
      Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]|\\p{IsCs}");

  final Set<NackCode> faults = EnumSet.noneOf(NackCode.class);
  final Map<String, String> texts = new HashMap<>();
  Ref ref = Ref.NONE;
  @Nullable Audience to;
  @Nullable Payload data;
  int ttl = IngressRequest.Push.NO_TTL;
  boolean receipt;

  void bad() {
    faults.add(NackCode.BAD_REQUEST);
  }

  void text(String field, String value) {
    boolean name = Set.of("id", "type", "collapse", "publisher").contains(field);
    if (name && !isName(value, 128)) {
      bad();
    } else if (field.equals("user") && !isUser(value)) {
      bad();
    }
    texts.put(field, value);
  }

  void to(String name) {
    if (isUser(name)) {
      to = new Audience.One(UserId.of(name));
    } else {
      bad();
    }
  }

  void to(List<String> names) {
    Set<UserId> users = new LinkedHashSet<>();
    for (String name : names) {
      if (isUser(name)) {
        users.add(UserId.of(name));
      } else {
        bad();
      }
    }
    if (users.isEmpty()) {
      bad();
    } else {
      to = new Audience.Several(List.copyOf(users));
    }
  }

  /** Takes the value as it was sent, line breaks between its parts as spaces. */
  void data(String json) {
    byte[] bytes = json.replace('\r', ' ').replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
    if (bytes.length > PortRun.MAX_PAYLOAD) {
      faults.add(NackCode.TOO_LARGE);
    }
    data = new Payload(bytes, 0, bytes.length);
  }

  void ttl(String seconds) {
    if (seconds.matches("[0-9]{1,18}") && Long.parseLong(seconds) <= Integer.MAX_VALUE) {
      ttl = Integer.parseInt(seconds);
    } else {
      bad();
    }
  }

  Reading complete(@Nullable String op) {
    if (op == null || !isWhole(op)) {
      bad();
    }
    return faults.isEmpty()
        ? Reading.of(new Envelope(ref, request(op)))
        : new Reading(null, faults);
  }

  private boolean isWhole(String op) {
    return switch (op) {
      case "recall", "status" -> texts.containsKey("id");
      case "presence" -> texts.containsKey("user");
      case "push" -> to != null && data != null && !(receipt && to instanceof Audience.Everyone);
      default -> true;
    };
  }

  private IngressRequest request(String op) {
    return switch (op) {
      case "hello" ->
          new IngressRequest.Hello(texts.get("secret"), texts.get("publisher"), texts.get("after"));
      case "push" ->
          new IngressRequest.Push(
              to, texts.get("id"), texts.get("type"), data, ttl, texts.get("collapse"), receipt);
      case "recall" -> new IngressRequest.Recall(texts.get("id"));
      case "presence" -> new IngressRequest.Presence(UserId.of(texts.get("user")));
      case "status" -> new IngressRequest.Status(texts.get("id"));
      case "ping" -> new IngressRequest.Ping();
      default -> throw new IllegalArgumentException(op);
    };
  }

  private static boolean isUser(String name) {
    return !Set.of("*", "me").contains(name) && isName(name, 254);
  }

  private static boolean isName(String name, int maxBytes) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= 1 && bytes <= maxBytes && !CONTROL_OR_SURROGATE.matcher(name).find();
  }
}
