package io.pushgate.gateway.config;

import io.pushgate.protocol.Limits;
import io.pushgate.protocol.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that publishers name: one for whoever knows it, or one or more for each publisher's
 * own name. Immutable.
 */
public final class PublisherSecrets {
  private static final int MAX_BYTES = 1 << 20;

  /** All of them are compared on an event loop, each time. */
  private static final int MAX_LINES = 1_000;

  /** As JSON escapes it, a secret has to fit into the first line of a connection. */
  private static final int MAX_SECRET_BYTES = 512;

  private final List<Entry> entries;

  private record Entry(Optional<String> publisher, Secret secret) {

    boolean isOf(@Nullable String name) {
      return name == null || publisher.isEmpty() || publisher.get().equals(name);
    }
  }

  private PublisherSecrets(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Reads a file of one secret, or of lines {@code publisher:secret}. */
  static PublisherSecrets read(String option, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return parse(
            option,
            file,
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      }
    } catch (CharacterCodingException noText) {
      throw refused(option, file, "is no UTF-8 text");
    } catch (IOException unreadable) {
      throw refused(option, file, "cannot be read");
    }
    throw refused(option, file, "is larger than " + Literals.formatSize(MAX_BYTES));
  }

  private static PublisherSecrets parse(String option, Path file, String text) {
    String[] lines = text.replaceFirst("\r?\n\\z", "").split("\r?\n", -1);
    if (lines.length > MAX_LINES) {
      throw refused(option, file, "has more than %d lines".formatted(MAX_LINES));
    }
    Map<Optional<String>, Entry> entries = new LinkedHashMap<>();
    for (int i = 0; i < lines.length; i++) {
      try {
        Entry entry = entry(lines[i], lines.length > 1);
        if (entries.put(entry.publisher(), entry) != null) {
          throw new IllegalArgumentException("its publisher has a secret in a line before");
        }
      } catch (IllegalArgumentException malformed) {
        throw refused(option, file, "line %d: %s".formatted(i + 1, malformed.getMessage()));
      }
    }
    return new PublisherSecrets(List.copyOf(entries.values()));
  }

  /** The message says nothing of what the line holds, which may be a secret wherever it stands. */
  private static Entry entry(String line, boolean ofSeveral) {
    int colon = line.indexOf(':');
    if (colon < 0 && ofSeveral) {
      throw new IllegalArgumentException("expected publisher:secret, as one of several lines");
    }
    Optional<String> publisher =
        colon < 0 ? Optional.empty() : Optional.of(line.substring(0, colon));
    publisher.ifPresent(name -> check("the publisher's name", name, Limits.MAX_NAME_BYTES));
    String secret = line.substring(colon + 1);
    check("the secret", secret, MAX_SECRET_BYTES);
    return new Entry(publisher, Secret.of(secret));
  }

  private static void check(String what, String text, int maxBytes) {
    Names.check(what, text, maxBytes);
    if (!text.equals(text.strip())) {
      throw new IllegalArgumentException(what + " begins or ends with a space");
    }
  }

  /**
   * Whether a secret lets somebody in under a name; without a name any of them does. It takes as
   * long whichever secret it is, since none ends the search.
   *
   * @param publisher null for no name
   */
  public boolean admit(Secret named, @Nullable String publisher) {
    boolean admitted = false;
    for (Entry entry : entries) {
      boolean known = entry.secret().equals(named);
      admitted |= known && entry.isOf(publisher);
    }
    return admitted;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PublisherSecrets secrets && entries.equals(secrets.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** How many, and nothing of them. */
  @Override
  public String toString() {
    return entries.size() + " secrets";
  }

  private static ConfigException refused(String option, Path file, String fault) {
    return new ConfigException("--%s: '%s' %s".formatted(option, file, fault));
  }
}
