package io.pushgate.gateway.client.witness;

import java.util.Locale;

/**
 * Why a request of the public port failed, or why a handshake that was let in is suspect. Names are
 * for metrics and answers, meanings for the log. Immutable.
 */
public enum Cause {
  LOCATION_MISSING(
      "a proxy without a location for WebSockets passed the handshake on as a plain request"),
  UPGRADE_DROPPED("a proxy passed the handshake on without its Upgrade"),
  CONNECTION_DROPPED("a proxy passed the handshake on without Connection: Upgrade"),
  HTTP_VERSION("a proxy passed the handshake on in HTTP/1.0, which knows no upgrade"),
  HEADERS_DROPPED("a proxy passed the upgrade on without all headers of the handshake"),
  OUTER_PROXY("a proxy in front of this gateway's nginx dropped the Upgrade"),
  PATH_REWRITTEN("a proxy changed the path of the handshake"),
  HOST_REWRITTEN("a proxy put its upstream's name in the place of the site's Host"),
  CLIENT_ADDRESS_DROPPED("a trusted proxy does not tell whom it forwards for"),
  HANDSHAKE_LOST("a page asks after a handshake that never arrived: a proxy answered or lost it"),
  ANSWER_LOST("a page asks after a handshake that was accepted: a proxy changed or lost the 101"),
  FOREIGN_ORIGIN("a page of another site asked"),
  FOREIGN_HOST("the gateway was called by a name that it does not know"),
  TOKEN("no token came, or none that lets this user in"),
  PLAIN_REQUEST("a person or a script opened the WebSocket's URL"),
  NOT_A_WEBSOCKET("an Upgrade came that is no handshake of a WebSocket"),
  BAD_HANDSHAKE("key, version or protocol of the handshake are wrong"),
  WRONG_PATH("nothing is served there"),
  WRONG_METHOD("the path is served to other methods"),
  BAD_USER("the path names no user"),
  BAD_CURSOR("an acknowledgement names no place in the user's journals"),
  MALFORMED("what came is no HTTP, or a parameter is none"),
  TOO_LARGE("a line, the headers or a body are too large"),
  SLOW("the request was not whole in time"),
  LIMIT("a limit of connections was reached"),
  DRAINING("the gateway was going away"),
  UNAVAILABLE("the gateway could not do what was asked");

  private final String meaning;

  Cause(String meaning) {
    this.meaning = meaning;
  }

  /** The name in answers and metrics. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it says of the request, in words. */
  public String meaning() {
    return meaning;
  }
}
