/** The gateway as a program: its command line's entry and the one class that wires it. */
@NullMarked
package io.pushgate.gateway;

import org.jspecify.annotations.NullMarked;
