package io.pushgate.gateway.broker;

/** Which places of one journal were sent to some session of one user. <em>Any thread.</em> */
public interface Sent {
  /** Nothing that is remembered. */
  Sent NOTHING = offset -> false;

  boolean contains(long offset);
}
