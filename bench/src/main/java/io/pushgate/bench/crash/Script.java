package io.pushgate.bench.crash;

import io.pushgate.protocol.Payload;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.Audience;
import io.pushgate.protocol.ingress.IngressRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every push of a run is, by its number: drawn from the seed, so that nobody has to remember
 * it. Publisher p sends the numbers p, p + publishers, and so on. Immutable.
 *
 * @param run begins each id, so that runs do not take each other's for their own
 * @param users whom direct pushes go to
 * @param named how many of the publishers say a name, and want receipts
 */
record Script(String run, long seed, int users, int publishers, int named, int payloadBytes) {
  static final int SEVERAL = 10;
  static final int NOBODY = -1;

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** What becomes of a push that nobody takes for long. */
  enum Fate {
    /** It is held: it must arrive, once. */
    CERTAIN,
    /** For whoever can take it now; its cursor is never given again all the same. */
    MOMENTARY,
    /** It expires within a second. */
    BRIEF,
    /** A newer one takes its place. */
    COLLAPSED
  }

  /** Whom it is for. */
  enum Reach {
    ONE,
    SEVERAL,
    EVERYONE
  }

  int publisher(int number) {
    return number % publishers;
  }

  Reach reach(int number) {
    int draw = (int) (draw(number) & 0xff);
    return draw < 150 ? Reach.ONE : draw < 220 ? Reach.SEVERAL : Reach.EVERYONE;
  }

  Fate fate(int number) {
    return switch ((int) (draw(number) >>> 8 & 0x1f)) {
      case 0 -> Fate.MOMENTARY;
      case 1 -> Fate.BRIEF;
      case 2 -> Fate.COLLAPSED;
      default -> Fate.CERTAIN;
    };
  }

  boolean isCertain(int number) {
    return fate(number) == Fate.CERTAIN;
  }

  boolean wantsReceipt(int number) {
    return publisher(number) < named
        && isCertain(number)
        && reach(number) != Reach.EVERYONE
        && (draw(number) >>> 13 & 3) != 0;
  }

  /** How many users a direct push names. */
  int recipients(int number) {
    return switch (reach(number)) {
      case ONE -> 1;
      case SEVERAL -> Math.min(SEVERAL, users);
      case EVERYONE -> 0;
    };
  }

  int recipient(int number, int index) {
    return (int) (((draw(number) >>> 16 & 0xffff) + index) % users);
  }

  /** Which of the recipients of a direct push a user is; {@link #NOBODY} where he is none. */
  int indexOf(int number, int user) {
    int index = Math.floorMod(user - recipient(number, 0), users);
    return index < recipients(number) ? index : NOBODY;
  }

  boolean isFor(int number, int user) {
    return reach(number) == Reach.EVERYONE || indexOf(number, user) != NOBODY;
  }

  String id(int number) {
    return run + "-" + number;
  }

  /** The number of a push of this run; {@link #NOBODY} where the id is of another. */
  int number(String id) {
    if (!id.startsWith(run + "-")) {
      return NOBODY;
    }
    try {
      return Integer.parseInt(id.substring(run.length() + 1));
    } catch (NumberFormatException e) {
      return NOBODY;
    }
  }

  UserId user(int user) {
    return UserId.of(run + "-user" + user + "@bench.example");
  }

  /** The user of a name; {@link #NOBODY} where it is none of this run. */
  int userOf(UserId name) {
    String start = run + "-user";
    String value = name.value();
    if (!value.startsWith(start)) {
      return NOBODY;
    }
    int user = Integer.parseInt(value.substring(start.length(), value.indexOf('@')));
    return user < users ? user : NOBODY;
  }

  /** The name that a publisher says, if any. */
  @Nullable String publisherName(int publisher) {
    return publisher < named ? run + "-publisher" + publisher : null;
  }

  byte[] data(int number) {
    String start = "{\"n\":" + number + ",\"pad\":\"";
    int pad = Math.max(0, payloadBytes - start.length() - 2);
    return (start + "x".repeat(pad) + "\"}").getBytes(StandardCharsets.US_ASCII);
  }

  IngressRequest.Push push(int number) {
    byte[] data = data(number);
    Fate fate = fate(number);
    int ttl =
        switch (fate) {
          case MOMENTARY -> 0;
          case BRIEF -> 1;
          case COLLAPSED, CERTAIN -> IngressRequest.Push.NO_TTL;
        };
    return new IngressRequest.Push(
        audience(number),
        id(number),
        "crash",
        new Payload(data, 0, data.length),
        ttl,
        fate == Fate.COLLAPSED ? "newest" : null,
        wantsReceipt(number));
  }

  private Audience audience(int number) {
    return switch (reach(number)) {
      case ONE -> new Audience.One(user(recipient(number, 0)));
      case SEVERAL -> {
        List<UserId> names = new ArrayList<>();
        for (int i = 0; i < recipients(number); i++) {
          names.add(user(recipient(number, i)));
        }
        yield new Audience.Several(names);
      }
      case EVERYONE -> new Audience.Everyone();
    };
  }

  /** The finalizer of SplittableRandom, which spreads neighbours over all 64 bits. */
  private long draw(int number) {
    long z = seed + (number + 1) * GOLDEN;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
