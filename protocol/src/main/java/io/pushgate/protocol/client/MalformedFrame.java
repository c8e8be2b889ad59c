package io.pushgate.protocol.client;

/**
 * What a client sent is no frame. The peer did wrong, so it carries no stack trace: the code and
 * the message go back to him in an {@code error} frame.
 */
public final class MalformedFrame extends Exception {
  private static final long serialVersionUID = 1;

  private final ClientErrorCode code;

  public MalformedFrame(ClientErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public ClientErrorCode code() {
    return code;
  }

  /** What went wrong, ready for the peer. */
  public String explanation() {
    return String.valueOf(getMessage());
  }

  public ServerFrame.Error toFrame() {
    return new ServerFrame.Error(code, explanation());
  }
}
