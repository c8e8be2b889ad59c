/**
 * Many sessions on several loops, joined and lost while others push. Each test owns its node and
 * checks a ledger of every session at the end.
 */
@NullMarked
package io.pushgate.gateway.hub;

import org.jspecify.annotations.NullMarked;
