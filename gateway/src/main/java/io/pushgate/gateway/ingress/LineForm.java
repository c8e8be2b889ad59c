package io.pushgate.gateway.ingress;

import io.netty.buffer.ByteBuf;
import io.pushgate.protocol.ingress.Envelope;
import io.pushgate.protocol.ingress.IngressAnswer;
import io.pushgate.protocol.ingress.JsonLines;
import io.pushgate.protocol.ingress.MalformedRequest;
import io.pushgate.protocol.ingress.Ref;

/**
 * JSON lines. A line that is too long is nacked where that is seen and then thrown away up to its
 * end, so that it costs neither memory nor the next line. <em>Event loop only.</em>
 */
final class LineForm implements Form {
  private final LineReader reader;

  /** Bytes of the unfinished line that hold no line feed. */
  private int searched;

  private boolean skipping;

  /** Reads one line into a request. */
  interface LineReader {
    Envelope read(byte[] bytes, int offset, int length) throws MalformedRequest;
  }

  private LineForm(LineReader reader) {
    this.reader = reader;
  }

  /** The lines of a plain connection. */
  static LineForm ofConnection(int maxPayload) {
    return new LineForm((bytes, from, length) -> JsonLines.read(bytes, from, length, maxPayload));
  }

  /** The lines of an HTTP body, where {@code op} may be left out of a push. */
  static LineForm ofBody(int maxPayload) {
    return new LineForm(
        (bytes, from, length) -> JsonLines.readPush(bytes, from, length, maxPayload));
  }

  @Override
  public boolean decode(Inbox inbox, boolean ended, Conversation to) {
    int lineFeed = inbox.indexOfLineFeed(searched);
    if (lineFeed < 0) {
      return decodeUnfinished(inbox, ended, to);
    }
    searched = 0;
    int from = inbox.from();
    inbox.skip(lineFeed + 1);
    if (skipping) {
      skipping = false;
    } else {
      decodeLine(inbox.array(), from, lineFeed, to);
    }
    return true;
  }

  private boolean decodeUnfinished(Inbox inbox, boolean ended, Conversation to) {
    int length = inbox.length();
    searched = length;
    // One more than the limit may yet be the carriage return of a line that is just short enough.
    if (!skipping && length > to.maxBytes() + 1) {
      skipping = true;
      to.refuse(JsonLines.tooLong(to.maxBytes()), 0);
    }
    if (skipping) {
      inbox.skip(length);
      searched = 0;
    } else if (ended && length > 0) {
      int from = inbox.from();
      inbox.skip(length);
      searched = 0;
      decodeLine(inbox.array(), from, length, to);
      return true;
    }
    return false;
  }

  private void decodeLine(byte[] bytes, int from, int raw, Conversation to) {
    int length = raw > 0 && bytes[from + raw - 1] == '\r' ? raw - 1 : raw;
    if (length == 0) {
      return;
    }
    if (length > to.maxBytes()) {
      to.refuse(JsonLines.tooLong(to.maxBytes()), length);
      return;
    }
    try {
      to.take(reader.read(bytes, from, length), length);
    } catch (MalformedRequest malformed) {
      to.refuse(malformed, length);
    }
  }

  @Override
  public void encode(Ref ref, IngressAnswer answer, ByteBuf out) {
    JsonLines.write(ref, answer, out);
  }
}
