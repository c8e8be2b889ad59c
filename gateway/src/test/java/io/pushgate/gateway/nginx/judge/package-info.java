/** Tests of what is said of small configurations. On the test's thread. */
@NullMarked
package io.pushgate.gateway.nginx.judge;

import org.jspecify.annotations.NullMarked;
