package io.pushgate.gateway.doctor;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is found out when it is first asked for. One thread. */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> finding;
  private @Nullable T value;

  Lazy(Supplier<T> finding) {
    this.finding = finding;
  }

  @Override
  public T get() {
    T known = value;
    if (known == null) {
      known = finding.get();
      value = known;
    }
    return known;
  }

  /** Whether anybody asked. */
  boolean isKnown() {
    return value != null;
  }
}
