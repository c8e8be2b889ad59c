package io.pushgate.protocol;

/**
 * Remembers for each open level whether it is an object or an array, in one bit. Confined to its
 * caller.
 */
final class JsonNesting {
  private static final int WORDS = (Limits.MAX_DEPTH + Long.SIZE - 1) / Long.SIZE;
  private static final long[] NONE = new long[0];

  /**
   * The outer 64 levels, which is all that sane values need; those inside lie in {@link #deeper}.
   */
  private long outermost;

  private long[] deeper = NONE;
  private int depth;

  int depth() {
    return depth;
  }

  void open(boolean object) {
    long bit = 1L << depth;
    if (depth < Long.SIZE) {
      outermost = object ? outermost | bit : outermost & ~bit;
    } else {
      if (deeper.length == 0) {
        deeper = new long[WORDS];
      }
      int word = depth / Long.SIZE;
      deeper[word] = object ? deeper[word] | bit : deeper[word] & ~bit;
    }
    depth++;
  }

  void close() {
    depth--;
  }

  boolean inObject() {
    int level = depth - 1;
    long word = level < Long.SIZE ? outermost : deeper[level / Long.SIZE];
    return (word >>> level & 1) != 0;
  }
}
