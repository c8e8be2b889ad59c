package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.ingress.FatalFrame;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.Ref;

/** How requests and answers look as bytes on one connection. <em>Event loop only.</em> */
interface Form {

  /**
   * Takes one request, or one thing that is none, off the inbox and hands it on.
   *
   * @param ended nothing follows what the inbox holds
   * @return false when the inbox holds no whole request; what is there then stays there
   * @throws FatalFrame when where the next request begins can't be known
   */
  boolean decode(Inbox inbox, boolean ended, Conversation to) throws FatalFrame;

  /** Appends one answer. */
  void encode(Ref ref, IngressAnswer answer, ByteBuf out);
}
