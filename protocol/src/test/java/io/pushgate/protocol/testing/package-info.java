/** What tests of several packages use. */
@NullMarked
package io.pushgate.protocol.testing;

import org.jspecify.annotations.NullMarked;
