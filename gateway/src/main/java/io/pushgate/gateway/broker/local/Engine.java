package io.pushgate.gateway.broker.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a broker runs on.
 *
 * @param readers where the store is read for others than the lane; the lane itself, where reading
 *     never waits
 * @param room the option that bounds the store, as it is called
 * @param roomBytes past which pushes are refused
 * @param backups where copies of the store go; null where there is nothing to copy
 */
public record Engine(
    Store store, Lane lane, Workers readers, String room, long roomBytes, @Nullable Path backups) {}
