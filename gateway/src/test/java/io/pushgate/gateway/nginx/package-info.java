/** Tests of what is known of nginx's configuration, on small ones. On the test's thread. */
@NullMarked
package io.pushgate.gateway.nginx;

import org.jspecify.annotations.NullMarked;
