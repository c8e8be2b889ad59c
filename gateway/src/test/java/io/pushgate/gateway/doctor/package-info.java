/**
 * The doctor against real proxies that are broken, each in one way, and against odd ones that work.
 * The servers run on their own threads, the doctors on a few.
 */
@NullMarked
package io.pushgate.gateway.doctor;

import org.jspecify.annotations.NullMarked;
