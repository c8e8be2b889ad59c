package io.pushgate.protocol.ingress;

import io.pushgate.protocol.JsonFault;
import io.pushgate.protocol.JsonScanner;
import io.pushgate.protocol.Payload;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Reads one request from the body of one binary frame. One instance a frame, confined to its
 * caller.
 */
final class BinaryRequestReader {
  static final int ONE = 0;
  static final int SEVERAL = 1;
  static final int EVERYONE = 2;

  private final BodyReader body;
  private final int maxPayload;
  private final RequestDraft draft = new RequestDraft();

  /** The body becomes this reader's: a payload may refer to it. */
  BinaryRequestReader(Ref ref, byte[] body, int maxPayload) {
    this.body = new BodyReader(body);
    this.maxPayload = maxPayload;
    draft.ref = ref;
  }

  Envelope read(int opcode) throws MalformedRequest {
    RequestKind kind = RequestKind.of(opcode);
    if (kind == null) {
      draft.bad("opcode: 0x%02x is no request".formatted(opcode));
    } else {
      fill(kind);
    }
    return draft.complete(kind);
  }

  private void fill(RequestKind kind) {
    try {
      switch (kind) {
        case HELLO -> hello();
        case PUSH -> push();
        case PRESENCE -> text("user", RequestDraft::user);
        case STATUS, RECALL -> text("id", RequestDraft::id);
        case PING -> {}
      }
      body.end();
    } catch (BodyFault fault) {
      draft.bad(fault.explanation());
    }
  }

  private void hello() throws BodyFault {
    text("secret", RequestDraft::secret);
    text("publisher", RequestDraft::publisher);
    text("after", RequestDraft::after);
  }

  private void push() throws BodyFault {
    audience();
    text("id", RequestDraft::id);
    text("type", RequestDraft::type);
    int ttl = body.i32("ttl");
    if (ttl != IngressRequest.Push.NO_TTL) {
      draft.ttl(ttl);
    }
    text("collapse", RequestDraft::collapse);
    int receipt = body.u8("receipt");
    if (receipt > 1) {
      draft.bad("receipt: expected 0 or 1, found %d".formatted(receipt));
    }
    draft.receipt(receipt == 1);
    data();
  }

  private void audience() throws BodyFault {
    int audience = body.u8("audience");
    int count = body.u16("to");
    if (audience > EVERYONE) {
      draft.bad("audience: expected 0, 1 or 2, found %d".formatted(audience));
    } else if (audience != SEVERAL && count != (audience == ONE ? 1 : 0)) {
      draft.bad("to: %d names do not fit audience %d".formatted(count, audience));
    }
    if (audience == SEVERAL) {
      draft.toSeveral();
    } else if (audience == EVERYONE) {
      draft.toEveryone();
    }
    for (int i = 0; i < count; i++) {
      String text = body.text("to");
      String name = text == null ? "" : text;
      if (audience == SEVERAL) {
        draft.toNext(name);
      } else if (audience == ONE) {
        draft.toOne(name);
      }
    }
    if (audience == SEVERAL) {
      draft.toComplete();
    }
  }

  private void data() throws BodyFault {
    long announced = body.u32("data");
    int from = body.skip("data", announced);
    int length = (int) announced;
    try {
      Payload value = JsonScanner.payload(body.bytes(), from, length);
      if (draft.admitsData(value.length(), maxPayload)) {
        draft.data(compact(value));
      }
    } catch (JsonFault fault) {
      NackCode code = fault.isTooDeep() ? NackCode.TOO_LARGE : NackCode.BAD_REQUEST;
      draft.fault(code, "data: " + fault.explanation());
    }
  }

  /** A payload that would keep more than twice its size alive gets an array of its own. */
  private static Payload compact(Payload value) {
    if (value.bytes().length <= 2 * value.length()) {
      return value;
    }
    int from = value.offset();
    return new Payload(
        Arrays.copyOfRange(value.bytes(), from, from + value.length()), 0, value.length());
  }

  private void text(String field, BiConsumer<RequestDraft, String> setter) throws BodyFault {
    String text = body.text(field);
    if (text != null) {
      setter.accept(draft, text);
    }
  }
}
