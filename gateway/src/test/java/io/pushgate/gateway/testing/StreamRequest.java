package io.pushgate.gateway.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What a test client asks a session for. Immutable: each verb answers a changed copy.
 *
 * @param path the user's name as it stands in the request line
 * @param after empty for none
 * @param window 0 for none
 * @param receiveBuffer bytes of the socket's buffer; 0 for what the system gives
 */
public record StreamRequest(
    String path, String after, int window, boolean answersPings, int receiveBuffer) {

  public static StreamRequest of(String user) {
    return ofPath(URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** The name is sent as it is given. */
  public static StreamRequest ofPath(String path) {
    return new StreamRequest(path, "", 0, true, 0);
  }

  public StreamRequest after(String position) {
    return new StreamRequest(path, position, window, answersPings, receiveBuffer);
  }

  public StreamRequest window(int notifications) {
    return new StreamRequest(path, after, notifications, answersPings, receiveBuffer);
  }

  /** Pings of the gateway stay unanswered. */
  public StreamRequest mute() {
    return new StreamRequest(path, after, window, false, receiveBuffer);
  }

  public StreamRequest receiveBuffer(int bytes) {
    return new StreamRequest(path, after, window, answersPings, bytes);
  }

  /** The target of the request line, but for {@code after} where a header carries it. */
  String target(String stream, boolean withAfter) {
    String query = window == 0 ? "" : "&window=" + window;
    query += withAfter && !after.isEmpty() ? "&after=" + after : "";
    return "/api/v1/notifications/%s/%s%s"
        .formatted(stream, path, query.isEmpty() ? "" : "?" + query.substring(1));
  }
}
