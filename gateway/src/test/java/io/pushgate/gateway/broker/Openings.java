package io.pushgate.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

/** The three things that the start of a session can be told. */
final class Openings {
  private Openings() {}

  static void assertResumed(Opening opening) {
    assertThat(opening.resumed()).isTrue();
    assertThat(opening.gap()).isFalse();
  }

  static void assertGap(Opening opening) {
    assertThat(opening.resumed()).isFalse();
    assertThat(opening.gap()).isTrue();
  }

  static void assertFresh(Opening opening) {
    assertThat(opening.resumed()).isFalse();
    assertThat(opening.gap()).isFalse();
  }
}
