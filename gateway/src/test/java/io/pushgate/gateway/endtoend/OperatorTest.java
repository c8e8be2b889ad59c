package io.pushgate.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pushgate.gateway.testing.GatewayExtension;
import io.pushgate.gateway.testing.HttpCall;
import io.pushgate.gateway.testing.PushForm;
import io.pushgate.gateway.testing.StreamClient;
import io.pushgate.gateway.testing.StreamKind;
import io.pushgate.gateway.testing.StreamRequest;
import io.pushgate.gateway.testing.TestPush;
import io.pushgate.protocol.CloseCode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator can do to a user of a gateway that is running. */
class OperatorTest {
  private static final String USER = "alice@example.com";
  private static final String TARGET = "/api/users/alice%40example.com";

  @RegisterExtension final GatewayExtension gateway = GatewayExtension.with();

  @ParameterizedTest
  @EnumSource
  void disconnectingEndsTheSessionsOfThatUserAlone(StreamKind kind) throws Exception {
    StreamClient one = gateway.open(kind, USER);
    StreamClient two = gateway.open(kind, USER);
    StreamClient other = gateway.open(kind, "bob@example.com");

    assertThat(
            HttpCall.post(gateway.bound().adminAddress(), TARGET + "/disconnect", "").statusCode())
        .isEqualTo(204);

    assertThat(one.end()).isEqualTo(CloseCode.TOKEN_EXPIRED);
    assertThat(two.end()).isEqualTo(CloseCode.TOKEN_EXPIRED);
    gateway.push(PushForm.HTTP, TestPush.toEveryone());
    other.nextData(1);
    gateway.open(kind, USER).nextData(1);
  }

  @ParameterizedTest
  @EnumSource
  void aForgottenUserBeginsAnew(StreamKind kind) throws Exception {
    gateway.push(PushForm.HTTP, TestPush.to(USER).id("old").data("1"));
    StreamClient client = gateway.open(kind, USER);
    client.nextData(1);
    String position = client.position();
    client.close();

    assertThat(HttpCall.delete(gateway.bound().adminAddress(), TARGET).statusCode()).isEqualTo(204);

    gateway.push(PushForm.HTTP, TestPush.to(USER).id("new").data("2"));
    assertThat(gateway.open(kind, USER).nextData(1)).containsExactly("2");
    StreamClient resumed = gateway.connect(kind, StreamRequest.of(USER).after(position));
    resumed.next("welcome");
    for (JsonNode user : gateway.path("old").path("users")) {
      assertThat(user.path("user").asText()).isNotEqualTo(USER);
    }
  }
}
