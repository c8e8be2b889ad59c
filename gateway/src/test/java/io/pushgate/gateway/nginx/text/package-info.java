/** Tests of how small configurations are read, on files and on text. On the test's thread. */
@NullMarked
package io.pushgate.gateway.nginx.text;

import org.jspecify.annotations.NullMarked;
