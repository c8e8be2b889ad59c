/**
 * Tests of the installer in {@code nginx-conf}, each on a real nginx in a folder of its own with a
 * real gateway behind it. All of it runs on the test's thread; the servers on their own.
 */
@NullMarked
package io.pushgate.gateway.installer;

import org.jspecify.annotations.NullMarked;
