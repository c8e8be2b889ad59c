/**
 * Runs the fuzz targets, which lie beside what they fuzz: their corpora in every test run, a minute
 * of jazzer each in {@code verify}, and the faults planted in them. One test thread each.
 */
@NullMarked
package io.pushgate.gateway.fuzz;

import org.jspecify.annotations.NullMarked;
