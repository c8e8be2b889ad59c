/** Tests of what nginx chooses in small configurations. On the test's thread. */
@NullMarked
package io.pushgate.gateway.nginx.routing;

import org.jspecify.annotations.NullMarked;
