package io.pushgate.protocol.ingress;

import io.pushgate.protocol.Limits;
import io.pushgate.protocol.UserId;
import java.util.LinkedHashSet;
import java.util.List;

/** Whom a push is for. Immutable. */
public sealed interface Audience {

  /** One user. */
  record One(UserId user) implements Audience {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.one(this);
    }
  }

  /** 1 to 10,000 users, doubles left out, in the order in which they were first named. */
  record Several(List<UserId> users) implements Audience {
    public Several {
      users = List.copyOf(new LinkedHashSet<>(users));
      if (users.isEmpty() || users.size() > Limits.MAX_RECIPIENTS) {
        throw new IllegalArgumentException(
            "a push names 1 to %d users, not %d".formatted(Limits.MAX_RECIPIENTS, users.size()));
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.several(this);
    }
  }

  /** A broadcast. */
  record Everyone() implements Audience {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.everyone(this);
    }
  }

  <R> R match(Cases<R> cases);

  /** One answer for each kind of audience. */
  interface Cases<R> {
    R one(One audience);

    R several(Several audience);

    R everyone(Everyone audience);
  }
}
