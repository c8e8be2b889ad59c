package io.pushgate.protocol;

/**
 * The two journals that a session reads. The letter is the first of each cursor into that journal.
 */
public enum Feed {
  /** The notifications of one user. */
  USER('u'),
  /** The broadcasts. */
  EVERYONE('e');

  private final char letter;

  Feed(char letter) {
    this.letter = letter;
  }

  public char letter() {
    return letter;
  }
}
