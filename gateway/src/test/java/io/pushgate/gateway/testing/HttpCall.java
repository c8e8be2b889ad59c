package io.pushgate.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain requests to a port of the gateway; any thread. */
public final class HttpCall {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpCall() {}

  public static HttpResponse<String> get(InetSocketAddress port, String target) {
    return send(to(port, target).build());
  }

  public static HttpResponse<String> post(InetSocketAddress port, String target, String body) {
    return send(to(port, target).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  public static HttpResponse<String> delete(InetSocketAddress port, String target) {
    return send(to(port, target).DELETE().build());
  }

  private static HttpRequest.Builder to(InetSocketAddress port, String target) {
    URI uri = URI.create("http://127.0.0.1:" + port.getPort() + target);
    return HttpRequest.newBuilder(uri).timeout(PATIENCE);
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
