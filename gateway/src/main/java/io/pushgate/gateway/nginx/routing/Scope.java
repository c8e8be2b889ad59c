package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.text.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks around a request, and what their directives say together. Immutable.
 *
 * @param blocks the outermost first
 */
public record Scope(List<Directive> blocks) {

  public Scope {
    blocks = List.copyOf(blocks);
  }

  Scope inside(List<Directive> inner) {
    List<Directive> all = new ArrayList<>(blocks);
    all.addAll(inner);
    return new Scope(all);
  }

  /** The block right around the request, be it an {@code if}. */
  public Directive innermost() {
    return blocks.get(blocks.size() - 1);
  }

  /** The innermost block that is no {@code if}, whose lines go with those of the block around. */
  public Directive place() {
    List<Directive> whole = blocks.stream().filter(block -> !block.is("if")).toList();
    return whole.get(whole.size() - 1);
  }

  /** A directive of which the innermost counts. */
  public Optional<Directive> single(String name) {
    List<Directive> all = every(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Directives that add up within a block, and are inherited by a block that has none at all. */
  public List<Directive> every(String name) {
    for (int i = blocks.size() - 1; i >= 0; i--) {
      List<Directive> here = blocks.get(i).all(name);
      if (!here.isEmpty()) {
        return here;
      }
    }
    return List.of();
  }
}
