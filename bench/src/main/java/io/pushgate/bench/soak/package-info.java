/**
 * A gateway under half of what it can do, for long, with everything that peers do at random, and
 * the judge of what grows. The thread of the command, but for the chaos, which has its own.
 */
@NullMarked
package io.pushgate.bench.soak;

import org.jspecify.annotations.NullMarked;
