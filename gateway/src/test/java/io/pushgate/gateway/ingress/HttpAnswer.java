package io.pushgate.gateway.ingress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One answer of the HTTP form, read byte by byte from a plain socket. */
record HttpAnswer(int status, Map<String, String> headers, String body) {

  static HttpAnswer read(PublisherSocket socket) throws IOException {
    String statusLine = socket.line();
    if (statusLine == null) {
      throw new IOException("closed without an answer");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = socket.line().strip(); !line.isEmpty(); line = socket.line().strip()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(statusLine.split(" ", -1)[1]);
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new HttpAnswer(
        status, headers, new String(socket.bytes(length), StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return body.lines().toList();
  }

  String type() {
    return headers.get("content-type");
  }
}
