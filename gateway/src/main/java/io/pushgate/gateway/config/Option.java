package io.pushgate.gateway.config;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One option: its name, what kind of value it takes, what holds where it is not given, and its line
 * of help. The name gives the command line's {@code --x-y}, the environment's {@code PUSHGATE_X_Y}
 * and the file's {@code x-y=}. Immutable.
 *
 * @param fallback the default, written as a value; it is given what an option that stands before
 *     this one in the table is set to, by its name
 * @param fallbackText the default as the help prints it
 */
public record Option<T>(
    String name,
    ValueType<T> type,
    Function<UnaryOperator<String>, String> fallback,
    String fallbackText,
    String help) {

  /** The environment variable that sets this option. */
  public String variable() {
    return Options.VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Whether the option may stand alone on the command line, for {@code true}. */
  public boolean isFlag() {
    return type.equals(ValueType.FLAG);
  }
}
