package io.pushgate.gateway.config;

import java.util.Optional;

/**
 * Who may use the admin port. Immutable.
 *
 * @param secret empty where whoever reaches it may
 */
public record AdminConfig(Optional<Secret> secret) {}
