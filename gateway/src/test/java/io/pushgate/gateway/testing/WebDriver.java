package io.pushgate.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chromedriver process and the W3C WebDriver protocol to it, which is plain JSON over HTTP; one
 * test thread.
 */
final class WebDriver implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final URI base;

  WebDriver() {
    String program = Programs.find("chromedriver", "chromium-driver").toString();
    try {
      process = new ProcessBuilder(program, "--port=0").redirectErrorStream(true).start();
      base =
          URI.create("http://127.0.0.1:" + readPort(process.inputReader(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command and returns the {@code value} of its answer. */
  JsonNode send(String method, String path, Map<String, ?> parameters) {
    try {
      HttpRequest.BodyPublisher body =
          method.equals("POST")
              ? HttpRequest.BodyPublishers.ofString(json.writeValueAsString(parameters))
              : HttpRequest.BodyPublishers.noBody();
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).method(method, body).build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode value = json.readTree(response.body()).path("value");
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "%s %s: %s".formatted(method, path, value.path("message").asText()));
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + path, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static int readPort(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
    }
    throw new IllegalStateException("chromedriver ended before it named its port");
  }
}
