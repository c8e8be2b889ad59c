/** Tests of how the doctor touches the wire. */
package io.pushgate.gateway.doctor.probe;
