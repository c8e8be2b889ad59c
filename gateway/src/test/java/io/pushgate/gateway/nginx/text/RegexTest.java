package io.pushgate.gateway.nginx.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Regular expressions as nginx's configurations hold them. */
final class RegexTest {
  @Test
  void groupsAreCountedAsTheyOpenAndNamedInAnySpelling() {
    assertThat(Regex.names("(a)(?<first>b(c))(?P<second_one>d)(?'third'e)"))
        .isEqualTo(Map.of("first", 2, "second_one", 4, "third", 5));
  }

  @Test
  void whatOnlyLooksLikeAGroupIsNotCounted() {
    assertThat(Regex.names("\\((?:a)(?i)(?=b)(?<=c)(?<!d)[(](?<name>e)"))
        .isEqualTo(Map.of("name", 1));
    assertThat(Regex.names("[](](?<name>e)")).isEqualTo(Map.of("name", 1));
    assertThat(Regex.names("[^](](?<name>e)")).isEqualTo(Map.of("name", 1));
    assertThat(Regex.names("[\\](](?<name>e)")).isEqualTo(Map.of("name", 1));
    assertThat(Regex.names("\\\\(?<name>e)")).isEqualTo(Map.of("name", 1));
  }
}
