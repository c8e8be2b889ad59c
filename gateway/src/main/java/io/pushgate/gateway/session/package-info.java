/**
 * A session: one live connection of a user, a reader of two journals at its socket's own pace. Each
 * session lives on its wire's event loop.
 */
@NullMarked
package io.pushgate.gateway.session;

import org.jspecify.annotations.NullMarked;
