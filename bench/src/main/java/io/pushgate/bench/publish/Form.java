package io.pushgate.bench.publish;

/** The forms of the ingress port that a publisher may speak. */
public enum Form {
  JSON {
    @Override
    public Wire wire() {
      return new JsonWire();
    }
  },
  BINARY {
    @Override
    public Wire wire() {
      return new BinaryWire();
    }
  };

  public abstract Wire wire();
}
