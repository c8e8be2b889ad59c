package io.pushgate.gateway.broker;

import java.util.List;

/**
 * A run of entries from one journal. <em>Immutable.</em>
 *
 * @param entries in order, without what expired or was collapsed
 * @param through everything up to this offset is in this page or will never come
 * @param end the journal held nothing behind {@code through} when it was read
 * @param gap something between the asked place and the first entry was trimmed
 */
public record Page(List<Entry> entries, long through, boolean end, boolean gap) {

  public Page {
    entries = List.copyOf(entries);
  }
}
