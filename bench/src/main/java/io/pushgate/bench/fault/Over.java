package io.pushgate.bench.fault;

import java.util.List;

/**
 * A fault that was over as soon as it was begun; what follows is how all get over it. Immutable.
 */
record Over() implements Deed.Ongoing {
  @Override
  public int peers() {
    return 0;
  }

  @Override
  public List<String> complaints() {
    return List.of();
  }

  @Override
  public void close() {
    // Nothing lasts.
  }
}
