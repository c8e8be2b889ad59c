package io.pushgate.gateway.ingress;

import io.pushgate.gateway.fuzz.Agreement;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.MalformedRequest;
import io.pushgate.protocol.ingress.NackCode;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of the bytes of one request: a request, or the faults found in them. Of several
 * faults a reader may tell any. Immutable.
 */
record Reading(@Nullable Envelope envelope, Set<NackCode> faults) {

  /** Reads bytes into a request. */
  interface Reader {
    Envelope read(byte[] bytes) throws MalformedRequest;
  }

  static Reading of(Envelope envelope) {
    return new Reading(envelope, Set.of());
  }

  static Reading of(Reader reader, byte[] bytes) {
    try {
      return of(reader.read(bytes));
    } catch (MalformedRequest malformed) {
      return new Reading(null, EnumSet.of(malformed.code()));
    }
  }

  /** Fails where a reader did not find what this reference says. */
  void check(Reading found) {
    boolean oneOfThese = found.envelope == null && faults.containsAll(found.faults);
    if (envelope != null || !oneOfThese) {
      Agreement.check("request", this, found);
      if (envelope != null && found.envelope != null) {
        Agreement.check("read", envelope, found.envelope);
      }
    }
  }
}
