/**
 * What is measured, and how it is told: latencies, the server's processor time and memory, the
 * report. Confined to the thread that made it unless it says otherwise.
 */
@NullMarked
package io.pushgate.bench.measure;

import org.jspecify.annotations.NullMarked;
