/**
 * Faults of every kind beside a healthy load: hostile and dying peers, a clock that jumps, a
 * gateway short of memory or descriptors, a proxy that goes, and the judge of what the others
 * noticed. The thread of the command, but for the crowds, which have one each.
 */
@NullMarked
package io.pushgate.bench.fault;

import org.jspecify.annotations.NullMarked;
