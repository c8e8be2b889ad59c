package io.pushgate.gateway.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest handshakes that failed, or are suspect, with their causes. Any thread. */
@FunctionalInterface
public interface Refusals {

  /**
   * All refusals of one cause and peer; the fields are the answer's.
   *
   * @param status of the answer to the newest, as the other fields; below 400 where it was let in
   * @param fix the line that a proxy's configuration lacks, where the cause is such a one
   * @param path what was asked for, without its query
   * @param peer the address that the connection came from
   * @param client the address that it was for
   * @param firstTs in ms since the epoch, as {@code lastTs}
   */
  record Series(
      int status,
      String code,
      String cause,
      String detail,
      @Nullable String fix,
      String path,
      String peer,
      String client,
      long firstTs,
      long lastTs,
      long count) {}

  /** All of them, the one met last first. */
  List<Series> latest();
}
