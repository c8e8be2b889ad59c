/**
 * The words of the command line: {@code serve}, {@code push}, {@code listen}, {@code trace} and
 * {@code check-config}, their options, output and exit codes. Each runs on the program's main
 * thread and waits there.
 */
@NullMarked
package io.pushgate.gateway.command;

import org.jspecify.annotations.NullMarked;
