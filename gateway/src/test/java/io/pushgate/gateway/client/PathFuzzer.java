package io.pushgate.gateway.client;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.pushgate.gateway.fuzz.Agreement;
import io.pushgate.gateway.http.PercentText;
import io.pushgate.protocol.UserId;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Targets of requests: path, query and user are what {@code java.net.URI}, Netty and regular
 * expressions make of them. One thread.
 */
public final class PathFuzzer {
  private PathFuzzer() {}

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    check(input, PercentText::decode);
  }

  private static void check(byte[] input, Function<String, Optional<String>> percentText) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    Agreement.check("decoded", SlowPath.decode(text), percentText.apply(text));
    Agreement.check("user", SlowPath.user(text), user(text, percentText));
    checkAgainstUri(text, percentText);
  }

  private static Optional<String> user(
      String text, Function<String, Optional<String>> percentText) {
    return Target.parse(text)
        .flatMap(target -> Route.of(target.path(), file -> false))
        .filter(route -> route.endpoint().isUsers())
        .flatMap(route -> percentText.apply(route.segment()))
        .filter(name -> UserId.fault(name) == null);
  }

  private static void checkAgainstUri(String text, Function<String, Optional<String>> percentText) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException none) {
      return;
    }
    // What begins with two slashes is a path to a server and an authority to java.net.URI.
    if (uri.getRawPath() == null
        || !uri.getRawPath().startsWith("/")
        || uri.getRawFragment() != null
        || text.startsWith("//")) {
      return;
    }
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if (uri.getScheme() != null && (!http || uri.getRawAuthority() == null)) {
      return;
    }
    Target target = Target.parse(text).orElseThrow();
    Agreement.check("path", uri.getRawPath(), target.path());
    Agreement.check("query", Optional.ofNullable(uri.getRawQuery()).orElse(""), target.query());
    Agreement.check("host", Optional.ofNullable(uri.getRawAuthority()), target.authority());
    if (text.chars().allMatch(c -> c < 0x80)) {
      // java.net.URI puts U+FFFD where there is no text.
      Agreement.check(
          "decoded path",
          Optional.of(uri.getPath()).filter(path -> path.indexOf(0xfffd) < 0),
          percentText.apply(target.path()).filter(path -> path.indexOf(0xfffd) < 0));
    }
    checkParameters(target);
  }

  /**
   * Where nothing is escaped and all is ASCII, parameters are Netty's, of which the first of a name
   * counts. A value without a name is a name without a value to Netty.
   */
  private static void checkParameters(Target target) {
    if (target.query().matches("(?s).*[%+;?#\\x80-\\xff].*|(?:.*&)?=.*")) {
      return;
    }
    Map<String, List<String>> expected = new QueryStringDecoder(target.query(), false).parameters();
    Map<String, String> found = target.parameters();
    expected.forEach(
        (name, values) -> Agreement.check("parameter " + name, values.get(0), found.get(name)));
    found.keySet().stream()
        .filter(name -> !name.isEmpty())
        .forEach(name -> Agreement.check("known", true, expected.containsKey(name)));
  }

  /** The same with a slash for its overlong form in UTF-8. */
  public static final class Planted {
    private Planted() {}

    /** Called by the fuzzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
      check(input, raw -> PercentText.decode(raw.replace("%C0%AF", "/")));
    }
  }
}
