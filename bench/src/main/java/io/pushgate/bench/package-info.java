/**
 * The load generator's commands: their options, how a run goes, what its exit code is. Each command
 * runs on the main thread and leaves sockets to the event loops of the packages below.
 */
@NullMarked
package io.pushgate.bench;

import org.jspecify.annotations.NullMarked;
