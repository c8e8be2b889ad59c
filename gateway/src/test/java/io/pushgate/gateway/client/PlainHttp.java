package io.pushgate.gateway.client;

import io.pushgate.gateway.http.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the requests of a connection line by line out of all of its bytes (RFC 9112): slow, and
 * plain enough to be believed. One connection each, one thread.
 */
final class PlainHttp {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") ([^\\x00-\\x20#\\x7f]+) HTTP/1\\.([01])");
  private static final Pattern HEADER =
      Pattern.compile("(" + TOKEN + "):[ \\t]*([^\\x00-\\x08\\x0a-\\x1f\\x7f]*?)[ \\t]*");

  /** No line is read as this. */
  private static final String NO_END = "\r\n";

  private final String bytes;
  private final int maxLine;
  private final int maxHeaders;
  private int at;

  private PlainHttp(byte[] bytes, int maxLine, int maxHeaders) {
    this.bytes = new String(bytes, StandardCharsets.ISO_8859_1);
    this.maxLine = maxLine;
    this.maxHeaders = maxHeaders;
  }

  /** The requests up to the first that has an upgrade, a fault, chunks, or no end. */
  static List<HttpSeen> read(byte[] bytes, int maxLine, int maxHeaders) {
    PlainHttp http = new PlainHttp(bytes, maxLine, maxHeaders);
    List<HttpSeen> seen = new ArrayList<>();
    boolean more = true;
    while (more) {
      HttpSeen next = http.next();
      more = next instanceof HttpSeen.Request request && !request.has("upgrade");
      if (!(next instanceof HttpSeen.Nothing)) {
        seen.add(next);
      }
    }
    return seen;
  }

  private HttpSeen next() {
    if (bytes.startsWith("\r\n", at)) {
      at += 2;
    }
    String text = line();
    if (text.equals(NO_END)) {
      return new HttpSeen.Nothing();
    }
    Matcher line = REQUEST_LINE.matcher(text);
    if (text.length() > maxLine || !line.matches()) {
      return refusal(!line.matches(), text.length() > maxLine, ProblemCode.URI_TOO_LONG);
    }
    List<String> headers = new ArrayList<>();
    int begin = at;
    for (text = line(); !text.isEmpty(); text = line()) {
      if (text.equals(NO_END)) {
        return new HttpSeen.Nothing();
      }
      Matcher header = HEADER.matcher(text);
      boolean tooLarge = at - begin > maxHeaders;
      if (header.matches()) {
        headers.add(header.group(1) + ":" + header.group(2));
      }
      if (tooLarge || !header.matches()) {
        boolean malformed = !header.matches() || hasSeveralLengths(headers);
        return refusal(malformed, tooLarge, ProblemCode.HEADERS_TOO_LARGE);
      }
    }
    String head = line.group(1) + " " + line.group(2) + " HTTP/1." + line.group(3);
    return body(new HttpSeen.Request(head, headers, "", ""));
  }

  /** Which may be seen before the headers are too large. */
  private static boolean hasSeveralLengths(List<String> headers) {
    List<String> lengths =
        headers.stream()
            .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .toList();
    return lengths.size() > 1 || lengths.stream().anyMatch(header -> header.contains(","));
  }

  /** The line without its end, or with a line feed where that alone ends it. */
  private String line() {
    int end = bytes.indexOf('\n', at);
    if (end < 0) {
      return NO_END;
    }
    String line = bytes.substring(at, end + 1);
    at = end + 1;
    return line.endsWith("\r\n") ? line.substring(0, line.length() - 2) : line;
  }

  private HttpSeen body(HttpSeen.Request head) {
    List<String> lengths = head.values("content-length");
    List<String> encodings = head.values("transfer-encoding");
    boolean chunked = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
    boolean wellFramed =
        lengths.size() <= 1
            && lengths.stream().allMatch(length -> length.matches("[0-9]{1,18}"))
            && (encodings.isEmpty() || chunked && lengths.isEmpty() && head.isVersion11());
    if (!wellFramed || head.has("sec-websocket-key1")) {
      return refusal(true, false, null);
    }
    boolean mayHaveBody = chunked || !lengths.isEmpty() && !lengths.get(0).equals("0");
    long length = lengths.isEmpty() ? 0 : Long.parseLong(lengths.get(0));
    boolean upgrade = head.has("upgrade");
    boolean tooLarge = length > RequestReader.MAX_BODY;
    if (tooLarge || upgrade && mayHaveBody) {
      return refusal(upgrade, tooLarge, ProblemCode.TOO_LARGE);
    }
    if (chunked) {
      return new HttpSeen.Chunks();
    }
    if (bytes.length() - at < length) {
      return new HttpSeen.Nothing();
    }
    String body = bytes.substring(at, at + (int) length);
    at += (int) length;
    return new HttpSeen.Request(
        head.line(), head.headers(), body, upgrade ? bytes.substring(at) : "");
  }

  private static HttpSeen refusal(boolean malformed, boolean tooLarge, ProblemCode largeness) {
    Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
    if (malformed) {
      codes.add(ProblemCode.BAD_REQUEST);
    }
    if (tooLarge) {
      codes.add(largeness);
    }
    return new HttpSeen.Refusal(codes);
  }
}
