package io.pushgate.gateway.session;

/** Is told once how a session ended, by the session's loop. */
public interface Ending {

  /** Nobody wants to know. */
  Ending UNHEARD =
      new Ending() {
        @Override
        public void closed() {}

        @Override
        public void cut(int silentMillis) {}
      };

  /** One of the two sides had said that it closes. */
  void closed();

  /**
   * The connection was gone without a word.
   *
   * @param silentMillis for how long neither side had sent anything, late by the time between two
   *     ticks of the loop's clock at most
   */
  void cut(int silentMillis);
}
