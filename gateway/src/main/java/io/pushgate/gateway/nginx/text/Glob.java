package io.pushgate.gateway.nginx.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the files that an {@code include} with wildcards means, in nginx's order. Stateless. */
final class Glob {
  private Glob() {}

  static boolean isGlob(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  /** What the pattern matches, each folder's names in their order; nothing is no fault. */
  static List<Path> matching(Path pattern) throws IOException {
    Path root = pattern.getRoot();
    List<Path> found = root == null ? List.of() : List.of(root);
    for (Path name : pattern) {
      List<Path> deeper = new ArrayList<>();
      for (Path folder : found) {
        deeper.addAll(inside(folder, name.toString()));
      }
      found = deeper;
    }
    return found;
  }

  private static List<Path> inside(Path folder, String name) throws IOException {
    if (!isGlob(name)) {
      Path exact = folder.resolve(name);
      return Files.exists(exact) ? List.of(exact) : List.of();
    }
    Pattern pattern = pattern(name);
    if (pattern == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> matches(pattern, name, file)).sorted().toList();
    }
  }

  /** A wildcard at the beginning takes no dot, so that hidden files stay out. */
  private static boolean matches(Pattern pattern, String glob, Path file) {
    String name = String.valueOf(file.getFileName());
    boolean hidden = name.startsWith(".") && !glob.startsWith(".");
    return !hidden && pattern.matcher(name).matches();
  }

  private static @Nullable Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > 0) {
        String set = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException matchesNothing) {
      return null;
    }
  }
}
