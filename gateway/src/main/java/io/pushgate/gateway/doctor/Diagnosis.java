package io.pushgate.gateway.doctor;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.FileLine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One fault: where it is, by what it is known, what mends it. Immutable.
 *
 * @param code stable, for programs
 * @param summary one sentence
 * @param sent what went out, as far as it matters
 * @param seen what arrived, or was answered
 * @param edits of nginx's configuration, all of which mend it; none where that is not the place
 * @param advice what to do where no edit of nginx does it
 * @param spot file and line, where the configuration could be read
 */
public record Diagnosis(
    String code,
    Hop hop,
    String summary,
    String sent,
    String seen,
    List<Edit> edits,
    String advice,
    Optional<FileLine> spot) {

  public Diagnosis {
    edits = List.copyOf(edits);
  }

  static Diagnosis of(String code, Hop hop, String summary) {
    return new Diagnosis(code, hop, summary, "", "", List.of(), "", Optional.empty());
  }

  Diagnosis evidence(String whatWasSent, String whatWasSeen) {
    return new Diagnosis(code, hop, summary, whatWasSent, whatWasSeen, edits, advice, spot);
  }

  /** Mended in nginx. */
  Diagnosis mendedBy(List<Edit> changes) {
    return new Diagnosis(code, hop, summary, sent, seen, changes, advice, spot);
  }

  /** What to do, or what to add to the edits. */
  Diagnosis advise(String words) {
    return new Diagnosis(code, hop, summary, sent, seen, edits, words, spot);
  }

  Diagnosis at(FileLine place) {
    return new Diagnosis(code, hop, summary, sent, seen, edits, advice, Optional.of(place));
  }

  /** What to copy: the lines, or the advice where there are none. */
  public String fix() {
    return edits.isEmpty()
        ? advice
        : edits.stream().flatMap(edit -> edit.lines().stream()).collect(Collectors.joining("\n"));
  }
}
