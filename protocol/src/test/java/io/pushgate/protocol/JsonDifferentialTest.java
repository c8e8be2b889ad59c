package io.pushgate.protocol;

import static io.pushgate.protocol.testing.Bytes.utf8;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scanner agrees with Jackson, and with the JDK about UTF-8, on what is JSON. */
class JsonDifferentialTest {
  private static final int RUNS = 50_000;
  private static final String[] CORPUS = {
    "{\"op\":\"push\",\"ref\":1,\"to\":[\"a\",\"b\"],\"data\":{\"n\":-17.25e+3},\"ttl\":3600}",
    "[true,false,null,0,-0,1.5,\"\\u00e9\\ud83d\\ude00\\n\\\\\\\"\",{},[],[[]],{\"a\":{}}]",
    "\"grüße € \ud83d\ude00 and a longer run of plain characters, then \u0080\"",
    " \t\r\n{ \"a\" : [ 1 , 2 ] ,\n\"b\" : \"c\" } ",
    "-12345678901234567890.0123456789E-12"
  };
  private static final byte[] SPICE = utf8("{}[]\",:\\/u0123456789eE+-.tfn \n\r\t");

  private final JsonFactory jackson =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  @Test
  void agreesWithJacksonOnRandomMutations() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      byte[] json = mutate(utf8(CORPUS[random.nextInt(CORPUS.length)]), random);
      boolean expected = isUtf8(json) && isJson(json);
      if (isScanned(json.clone()) != expected) {
        fail("seed %d, run %d: %s".formatted(seed, run, new String(json, ISO_8859_1)));
      }
    }
  }

  private static byte[] mutate(byte[] json, Random random) {
    int count = random.nextInt(3);
    for (int i = 0; i <= count; i++) {
      int at = random.nextInt(json.length);
      switch (random.nextInt(4)) {
        case 0 -> json[at] = (byte) random.nextInt();
        case 1 -> json[at] = SPICE[random.nextInt(SPICE.length)];
        case 2 -> json[at] = json[random.nextInt(json.length)];
        default -> json = java.util.Arrays.copyOf(json, at + 1);
      }
    }
    return json;
  }

  private static boolean isScanned(byte[] json) {
    try {
      JsonScanner.payload(json, 0, json.length);
      return true;
    } catch (JsonFault fault) {
      return false;
    }
  }

  private boolean isJson(byte[] json) {
    try (JsonParser parser = jackson.createParser(new String(json, StandardCharsets.UTF_8))) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }

  private static boolean isUtf8(byte[] json) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
