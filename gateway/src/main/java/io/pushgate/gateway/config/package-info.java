/**
 * Owns the gateway's options: their one table, where a value may come from, and the records that
 * the features are built from, validated whole at start. Everything here is immutable and may be
 * used on any thread.
 */
@NullMarked
package io.pushgate.gateway.config;

import org.jspecify.annotations.NullMarked;
