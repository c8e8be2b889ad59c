/**
 * Tests of what a browser user sees: the client script and the page, in Chromium, through nginx
 * with the project's own configuration. All of it runs on the test's thread; the servers on their
 * own.
 */
@NullMarked
package io.pushgate.gateway.browser;

import org.jspecify.annotations.NullMarked;
