/**
 * A store on disk: the data directory, its lock and format, the embedded engine in it, and what
 * tells whole from damaged. Written from the journals' lane, read from any thread, and mended by a
 * thread of its own after the disk failed.
 */
@NullMarked
package io.pushgate.gateway.broker.disk;

import org.jspecify.annotations.NullMarked;
