package io.pushgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pushgate.gateway.metrics.Metrics;
import io.pushgate.gateway.routing.Whereabouts;
import io.pushgate.gateway.testing.PartialRouter;
import io.pushgate.protocol.UserId;
import io.pushgate.protocol.ingress.DeliveryState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator has the gateway do, and looks up of one notification. */
class OrdersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RecordingRouter router = new RecordingRouter();
  private final AdminServer server =
      new AdminServer(new Metrics(), () -> Health.State.READY, new NoSessions(), List::of, router);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void thePathOfANotificationIsToldInTheContractsWords() throws Exception {
    assertThat(json(server.get("/api/notifications/inv%2F17%20a")))
        .isEqualTo(
            JSON.readTree(
                """
                {"id":"inv/17 a","receivedTs":100,"journalledTs":102,"sent":2,"acknowledged":1,
                "users":[
                {"user":"alice","state":"held","ts":102,
                "sessions":[{"session":"s1","why":"its window is full"}]},
                {"user":"bob","state":"acknowledged","ts":120,
                "sessions":[{"session":"s2","sentTs":110,"ackedTs":120},
                {"session":"s3","sentTs":111}]}]}"""));
  }

  @Test
  void whatIsNotKnownIsNotFound() throws Exception {
    assertThat(server.get("/api/notifications/other"))
        .startsWith("HTTP/1.1 404")
        .contains("\"code\":\"not_found\"")
        .contains("nothing is known of a notification");
  }

  @ParameterizedTest
  @CsvSource({"%zz", "%C3%28", "''", "a%00b"})
  void whatIsNoIdIsTold(String segment) throws Exception {
    assertThat(server.get("/api/notifications/" + segment))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":\"bad_request\"");
  }

  @Test
  void aUserIsDisconnectedAndForgotten() throws Exception {
    assertThat(server.ask("POST", "/api/users/a%2Fb/disconnect")).startsWith("HTTP/1.1 204");
    assertThat(server.ask("DELETE", "/api/users/a%2Fb")).startsWith("HTTP/1.1 204");
    assertThat(router.orders).containsExactly("disconnect a/b", "forget a/b");
  }

  @Test
  void anAnswerWithoutContentIsFollowedByTheNext() throws Exception {
    String answers =
        server.talk(
            AdminServer.request(
                    "POST /api/users/a/disconnect", "Host: localhost", "Content-Length: 0")
                + AdminServer.request("GET /livez", "Host: localhost", "Connection: close"));
    assertThat(answers).startsWith("HTTP/1.1 204").endsWith("alive\n");
  }

  @Test
  void aBackupIsMadeWhereThereIsSomethingToCopy() throws Exception {
    router.directory = CompletableFuture.completedFuture("/var/lib/copy-1");
    assertThat(json(server.ask("POST", "/api/backup")))
        .isEqualTo(JSON.readTree("{\"directory\":\"/var/lib/copy-1\"}"));

    router.directory = CompletableFuture.failedFuture(new UnsupportedOperationException());
    assertThat(server.ask("POST", "/api/backup"))
        .startsWith("HTTP/1.1 501")
        .contains("\"code\":\"unsupported\"");

    router.directory = CompletableFuture.failedFuture(new IOException("No space left"));
    assertThat(server.ask("POST", "/api/backup"))
        .startsWith("HTTP/1.1 503")
        .contains("\"code\":\"unavailable\"")
        .contains("No space left");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/backup, POST",
    "GET, /api/users/a/disconnect, POST",
    "POST, /api/users/a, 'GET, HEAD, DELETE'",
    "DELETE, /api/notifications/a, 'GET, HEAD'",
  })
  void eachPathTakesItsOwnMethods(String method, String path, String allow) throws Exception {
    assertThat(server.ask(method, path))
        .startsWith("HTTP/1.1 405")
        .contains("allow: " + allow + "\r\n");
    assertThat(router.orders).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/users/a/disconnect",
    "DELETE, /api/users/a",
    "POST, /api/backup",
  })
  void noWebPageGivesOrders(String method, String path) throws Exception {
    String line = method + " " + path;
    assertThat(server.talk(AdminServer.request(line, "Host: x.example", "Connection: close")))
        .startsWith("HTTP/1.1 403");
    assertThat(
            server.talk(
                AdminServer.request(
                    line, "Host: localhost", "Origin: http://x.example", "Connection: close")))
        .startsWith("HTTP/1.1 403");
    assertThat(router.orders).isEmpty();
  }

  private static JsonNode json(String answer) throws IOException {
    assertThat(answer).startsWith("HTTP/1.1 200");
    return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
  }

  private static final class RecordingRouter implements PartialRouter {
    private final List<String> orders = new ArrayList<>();
    private CompletionStage<String> directory = new CompletableFuture<>();

    @Override
    public CompletionStage<@Nullable Whereabouts> trace(String id) {
      if (!id.equals("inv/17 a")) {
        return CompletableFuture.completedFuture(null);
      }
      return CompletableFuture.completedFuture(
          new Whereabouts(
              id,
              100,
              102,
              2,
              1,
              List.of(
                  new Whereabouts.OfUser(
                      UserId.of("alice"),
                      DeliveryState.HELD,
                      102,
                      List.of(new Whereabouts.OfSession("s1", 0, 0, "its window is full"))),
                  new Whereabouts.OfUser(
                      UserId.of("bob"),
                      DeliveryState.ACKNOWLEDGED,
                      120,
                      List.of(
                          new Whereabouts.OfSession("s2", 110, 120, ""),
                          new Whereabouts.OfSession("s3", 111, 0, ""))))));
    }

    @Override
    public void disconnect(UserId user) {
      orders.add("disconnect " + user.value());
    }

    @Override
    public CompletionStage<Void> forget(UserId user) {
      orders.add("forget " + user.value());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<String> backup() {
      return directory;
    }
  }
}
