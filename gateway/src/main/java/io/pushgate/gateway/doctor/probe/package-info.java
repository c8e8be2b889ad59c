/**
 * How the doctor touches the wire: requests written byte by byte, answers as they came, tunnels,
 * and what the gateway says of how a request arrived. Everything waits on the thread that calls it,
 * with a deadline; nothing here judges.
 */
@NullMarked
package io.pushgate.gateway.doctor.probe;

import org.jspecify.annotations.NullMarked;
