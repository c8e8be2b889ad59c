package io.pushgate.bench.publish;

/** The forms of the ingress port that a publisher may speak. */
public enum Form {
  JSON {
    @Override
    Wire wire() {
      return new JsonWire();
    }
  },
  BINARY {
    @Override
    Wire wire() {
      return new BinaryWire();
    }
  };

  abstract Wire wire();
}
