package io.pushgate.protocol.ingress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pushgate.protocol.JsonFault;
import io.pushgate.protocol.JsonFields;
import io.pushgate.protocol.JsonKind;
import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Payload;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads one request from one JSON line. One instance a line, confined to its caller. */
final class JsonRequestReader {
  private static final byte[][] OP_NAMES = RequestKind.names();
  private static final int MAX_QUOTED = 32;

  private final byte[] line;
  private final int maxPayload;
  private final JsonFields fields;
  private final RequestDraft draft = new RequestDraft();
  private @Nullable RequestKind op;
  private int seen;
  private @Nullable Set<String> seenUnknown;
  private String place = "";

  JsonRequestReader(byte[] line, int offset, int length, int maxPayload) {
    this.line = line;
    this.maxPayload = maxPayload;
    this.fields = new JsonFields(line, offset, length);
  }

  /** Reads the line; {@code otherwise} is what it asks for where it holds no {@code op}. */
  Envelope read(@Nullable RequestKind otherwise) throws MalformedRequest {
    op = otherwise;
    try {
      while (fields.next()) {
        field();
        place = "";
      }
    } catch (JsonFault fault) {
      NackCode code = fault.isTooDeep() ? NackCode.TOO_LARGE : NackCode.BAD_REQUEST;
      throw new MalformedRequest(draft.ref, draft.id(), code, place + fault.explanation());
    }
    return draft.complete(op);
  }

  private void field() throws JsonFault {
    int index = fields.nameIn(Field.NAMES);
    if (index < 0) {
      unknown();
      return;
    }
    Field field = Field.ALL[index];
    place = field.place();
    if ((seen & 1 << index) != 0) {
      draft.bad(place + "is given twice");
      return;
    }
    seen |= 1 << index;
    read(field);
  }

  private void read(Field field) throws JsonFault {
    switch (field) {
      case OP -> op();
      case TO -> to();
      case DATA -> data();
      case REF -> ref();
      case ID -> text(RequestDraft::id);
      case TYPE -> text(RequestDraft::type);
      case TTL -> ttl();
      case COLLAPSE -> text(RequestDraft::collapse);
      case RECEIPT -> receipt();
      case USER -> text(RequestDraft::user);
      case SECRET -> text(RequestDraft::secret);
      case PUBLISHER -> text(RequestDraft::publisher);
      case AFTER -> text(RequestDraft::after);
    }
  }

  /** Fields of a newer protocol are stepped over, but a doubled one is as wrong as any. */
  private void unknown() {
    if (seenUnknown == null) {
      seenUnknown = new HashSet<>();
    }
    if (!seenUnknown.add(fields.nameText())) {
      draft.bad(quoted(fields.nameText()) + ": is given twice");
    }
  }

  private void op() throws JsonFault {
    if (fields.value() != JsonKind.STRING) {
      expected("a string");
      return;
    }
    int index = fields.textIn(OP_NAMES);
    if (index < 0) {
      draft.bad(place + quoted(fields.text()) + " is unknown");
    } else {
      op = RequestKind.at(index);
    }
  }

  private void ref() throws JsonFault {
    JsonKind kind = fields.value();
    if (kind != JsonKind.STRING && kind != JsonKind.NUMBER) {
      expected("a string or a number");
      return;
    }
    int length = fields.valueLength();
    int bytes = kind == JsonKind.STRING ? length - 2 : length;
    if (bytes > Limits.MAX_REF_BYTES) {
      draft.bad(place + "is %d bytes long, %d at most".formatted(bytes, Limits.MAX_REF_BYTES));
    } else {
      draft.ref = Ref.json(line, fields.valueFrom(), length);
    }
  }

  private void to() throws JsonFault {
    if (fields.opensArray()) {
      draft.toSeveral();
      while (fields.nextElement()) {
        if (fields.kind() == JsonKind.STRING) {
          draft.toNext(fields.text());
        } else {
          expected("an array of strings");
        }
      }
      draft.toComplete();
    } else if (fields.value() != JsonKind.STRING) {
      expected("a string or an array of strings");
    } else {
      draft.to(fields.text());
    }
  }

  /** Copies the value, so that the line's array stays the caller's. */
  private void data() throws JsonFault {
    fields.value();
    int from = fields.valueFrom();
    int length = fields.valueLength();
    if (draft.admitsData(length, maxPayload)) {
      draft.data(new Payload(Arrays.copyOfRange(line, from, from + length), 0, length));
    }
  }

  private void ttl() throws JsonFault {
    if (fields.value() == JsonKind.NUMBER) {
      draft.ttl(fields.wholeNumber());
    } else {
      expected("whole seconds");
    }
  }

  private void receipt() throws JsonFault {
    if (fields.value() == JsonKind.BOOLEAN) {
      draft.receipt(fields.isTrue());
    } else {
      expected("true or false");
    }
  }

  private void text(BiConsumer<RequestDraft, String> setter) throws JsonFault {
    if (fields.value() == JsonKind.STRING) {
      setter.accept(draft, fields.text());
    } else {
      expected("a string");
    }
  }

  /** What the peer said, cut to what a message has room for. */
  private static String quoted(String text) {
    int end = Math.min(text.length(), MAX_QUOTED);
    return "'" + text.substring(0, end) + (end < text.length() ? "…'" : "'");
  }

  private void expected(String what) {
    draft.bad(place + "expected " + what + ", found " + fields.kind().words());
  }

  /** The fields of all requests, the frequent ones first. */
  private enum Field {
    OP,
    TO,
    DATA,
    REF,
    ID,
    TYPE,
    TTL,
    COLLAPSE,
    RECEIPT,
    USER,
    SECRET,
    PUBLISHER,
    AFTER;

    static final Field[] ALL = values();
    static final byte[][] NAMES =
        Arrays.stream(ALL).map(field -> field.wire.getBytes(US_ASCII)).toArray(byte[][]::new);

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final String place = wire + ": ";

    /** How a message about the field begins. */
    String place() {
      return place;
    }
  }
}
