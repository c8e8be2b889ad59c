/**
 * What a gateway can't be faster than: the same ports and frames, and a bare loop of sends behind
 * them. No journal, no checks, no care for a slow reader. All of it belongs to one event loop.
 */
@NullMarked
package io.pushgate.bench.floor;

import org.jspecify.annotations.NullMarked;
