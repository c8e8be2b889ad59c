/**
 * How a configuration's files are read: their words, their includes, and the place of each
 * directive. What was read is immutable and for any thread; a reading lives on the thread that asks
 * for it.
 */
@NullMarked
package io.pushgate.gateway.nginx.text;

import org.jspecify.annotations.NullMarked;
