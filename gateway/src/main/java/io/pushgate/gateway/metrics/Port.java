package io.pushgate.gateway.metrics;

/** Which of the gateway's ports an event belongs to; the label {@code port}. */
public enum Port {
  PUBLIC("public"),
  INGRESS("ingress"),
  ADMIN("admin");

  private final String label;

  Port(String label) {
    this.label = label;
  }

  /** The label's value. */
  public String label() {
    return label;
  }
}
