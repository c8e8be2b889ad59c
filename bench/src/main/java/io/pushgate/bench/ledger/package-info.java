/**
 * What was pushed and what arrived: the stamp that every push carries, the books a session keeps of
 * the sequence, and the pushes in flight. Confined to one event loop each, but for {@link
 * io.pushgate.bench.ledger.Window}, which any thread may use.
 */
@NullMarked
package io.pushgate.bench.ledger;

import org.jspecify.annotations.NullMarked;
