package io.pushgate.bench.fault;

import java.time.Duration;

/**
 * Something that goes wrong beside a healthy load. Immutable.
 *
 * @param words what happens, in some words
 * @param least how long it has to last to show anything
 */
public record Fault(String name, String words, Stage stage, Duration least, Deed deed) {}
