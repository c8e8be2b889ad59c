package io.pushgate.gateway.command;

import io.pushgate.protocol.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the admin port answered to one question. Main thread, on which it is waited for. */
record AdminAnswer(Endpoint endpoint, int status, String body) {
  private static final String NOT_FOUND = "404: not_found";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** Asks, and fails with exit code 1 where the answer is neither yes nor that nothing is known. */
  static AdminAnswer get(Endpoint endpoint, String path, @Nullable String secret)
      throws CommandFailure {
    if (endpoint.resolve().isUnresolved()) {
      throw unreachable(endpoint, "the host is not known");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + endpoint + path)).timeout(ANSWER_TIMEOUT);
    if (secret != null) {
      request.header("Authorization", "Bearer " + secret);
    }
    AdminAnswer answer = send(endpoint, request.build());
    Refusal refusal = Refusal.of(answer.status, Integer.toString(answer.status), answer.bytes());
    if (!answer.found() && !refusal.lines().get(0).endsWith(NOT_FOUND)) {
      throw new CommandFailure(
          Program.FAILED, endpoint + ": " + String.join(", ", refusal.lines()));
    }
    return answer;
  }

  private static AdminAnswer send(Endpoint endpoint, HttpRequest request) throws CommandFailure {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    try {
      HttpResponse<String> response =
          client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new AdminAnswer(endpoint, response.statusCode(), response.body());
    } catch (HttpTimeoutException late) {
      throw unreachable(endpoint, "no answer in time");
    } catch (ConnectException refused) {
      throw unreachable(endpoint, "Connection refused");
    } catch (IOException failed) {
      throw unreachable(endpoint, String.valueOf(failed.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(endpoint, "interrupted");
    }
  }

  /** Else nothing is known of what was asked for. */
  boolean found() {
    return status == 200;
  }

  JsonObject json() throws CommandFailure {
    try {
      byte[] bytes = bytes();
      return JsonObject.parse(bytes, 0, bytes.length);
    } catch (IllegalArgumentException noJson) {
      throw notUnderstood(noJson);
    }
  }

  private byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  CommandFailure notUnderstood(RuntimeException why) {
    return unreachable(
        endpoint, "what answers there is no pushgate admin port: " + why.getMessage());
  }

  private static CommandFailure unreachable(Endpoint endpoint, String why) {
    return new CommandFailure(Program.FAILED, "cannot ask " + endpoint + ": " + why);
  }
}
