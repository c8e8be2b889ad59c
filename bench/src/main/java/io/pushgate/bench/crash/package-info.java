/**
 * A gateway that is killed again and again, and a ledger that proves what it promised. Publishers
 * and readers run on a thread each; the books may be used by any thread.
 */
@NullMarked
package io.pushgate.bench.crash;

import org.jspecify.annotations.NullMarked;
