package io.pushgate.gateway.conformance;

import io.pushgate.gateway.conformance.Case.Then;
import io.pushgate.gateway.websocket.ClientBytes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cases in their order, each id once. One thread. */
final class Table {
  private final Map<String, Case> cases = new LinkedHashMap<>();

  /** Frames in one write. */
  void frames(String id, byte[]... frames) {
    chopped(id, Integer.MAX_VALUE, frames);
  }

  /** Frames in writes of so many bytes. */
  void chopped(String id, int piece, byte[]... frames) {
    put(id, piece, Then.PING, frames);
  }

  /** The beginning of a frame, on which the server has to act. */
  void unfinished(String id, byte[]... bytes) {
    put(id, Integer.MAX_VALUE, Then.NOTHING, bytes);
  }

  /** A client that is gone behind these bytes. */
  void gone(String id, byte[]... bytes) {
    put(id, Integer.MAX_VALUE, Then.END, bytes);
  }

  private void put(String id, int piece, Then then, byte[]... bytes) {
    Case added = new Case(id, ClientBytes.join(bytes), piece, then);
    if (cases.put(id, added) != null) {
      throw new IllegalStateException("two cases are called " + id);
    }
  }

  Collection<Case> cases() {
    return cases.values();
  }
}
