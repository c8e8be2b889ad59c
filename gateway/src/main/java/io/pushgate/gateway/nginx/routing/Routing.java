package io.pushgate.gateway.nginx.routing;

import io.pushgate.gateway.nginx.routing.Route.Handling;
import io.pushgate.gateway.nginx.text.Directive;
import io.pushgate.gateway.nginx.text.LocationPattern;
import io.pushgate.gateway.nginx.text.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a request through one server: the server's rules, the location that takes it, the rules
 * there, and again where one of them changes the path. One thread, for one request.
 */
final class Routing {
  /** As nginx's own bound, behind which it answers 500. */
  private static final int MAX_ROUNDS = 10;

  private static final Set<String> OTHER_SERVERS =
      Set.of("fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass");

  private final Scope around;
  private final Directive server;
  private final Variables variables;
  private String path;
  private boolean rewritten;

  Routing(Scope around, Directive server, Request request, Variables variables) {
    this.around = around.inside(List.of(server));
    this.server = server;
    this.variables = variables;
    path = RequestPath.normalised(request.target());
  }

  Route route() {
    Rules rules = new Rules(around);
    rules.run(server.block());
    if (rules.decided != null) {
      return rules.decided;
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      List<Directive> locations = LocationChoice.of(server, path);
      captured(locations);
      Scope scope = around.inside(locations);
      rules = new Rules(scope);
      if (scope.innermost().is("location")) {
        rules.run(scope.innermost().block());
      }
      if (rules.decided != null) {
        return rules.decided;
      }
      if (!rules.again) {
        return content(rules.scope);
      }
    }
    return decided(around, Handling.UNKNOWN, null);
  }

  private void captured(List<Directive> locations) {
    for (Directive location : locations) {
      LocationPattern pattern = LocationPattern.of(location);
      pattern.matched(path).ifPresent(match -> variables.captured(pattern.path(), match));
    }
  }

  /** What handles the request where no rule answered it. */
  private Route content(Scope scope) {
    Directive place = scope.place();
    if (hasScript(scope)) {
      return decided(scope, Handling.UNKNOWN, null);
    }
    List<Directive> fallbacks = place.all("try_files");
    if (!fallbacks.isEmpty()) {
      return fallback(scope, fallbacks.get(0));
    }
    return handler(scope, place);
  }

  private Route handler(Scope scope, Directive place) {
    List<Directive> inside = new ArrayList<>(place.block());
    if (scope.innermost().is("if")) {
      inside.addAll(0, scope.innermost().block());
    }
    for (Directive directive : inside) {
      if (directive.is("proxy_pass")) {
        return decided(scope, Handling.PROXIED, directive);
      }
      if (OTHER_SERVERS.contains(directive.name())) {
        return decided(scope, Handling.ELSEWHERE, directive);
      }
    }
    return decided(scope, Handling.ELSEWHERE, null);
  }

  /** None of the files is there, so the last word decides. */
  private Route fallback(Scope scope, Directive tryFiles) {
    String last = tryFiles.argument(tryFiles.arguments().size() - 1);
    if (last.startsWith("@")) {
      return jump(scope, last, tryFiles);
    }
    return decided(scope, last.startsWith("=") ? Handling.ANSWERED : Handling.ELSEWHERE, tryFiles);
  }

  private Route jump(Scope scope, String name, Directive cause) {
    List<Directive> target = LocationChoice.named(server, name);
    if (target.isEmpty()) {
      return decided(scope, Handling.ANSWERED, cause);
    }
    Rules rules = new Rules(around.inside(target));
    rules.run(target.get(0).block());
    return rules.decided == null ? handler(rules.scope, target.get(0)) : rules.decided;
  }

  private Route answer(Scope scope, Directive answer) {
    String status = answer.argument(0);
    if (status.matches("30[12378]") || status.matches("https?://.*|\\$scheme.*")) {
      return decided(scope, Handling.REDIRECTED, answer);
    }
    return scope.every("error_page").stream()
        .filter(page -> page.arguments().contains(status))
        .map(page -> page.argument(page.arguments().size() - 1))
        .filter(page -> page.startsWith("@"))
        .findFirst()
        .map(page -> jump(scope, page, answer))
        .orElseGet(() -> decided(scope, Handling.ANSWERED, answer));
  }

  private static boolean hasScript(Scope scope) {
    return scope.blocks().stream()
        .flatMap(block -> block.block().stream())
        .anyMatch(
            directive ->
                directive.name().matches("(content|access|rewrite)_by_lua.*|js_content|perl"));
  }

  private Route decided(Scope scope, Handling handling, @Nullable Directive by) {
    return new Route(scope, handling, Optional.ofNullable(by), path, rewritten);
  }

  /** One run through the rules of a block, from the first to the last. */
  private final class Rules {
    private Scope scope;
    private @Nullable Route decided;

    /** Whether the changed path has to find its location anew. */
    private boolean again;

    /** Whether no further rule is looked at. */
    private boolean over;

    Rules(Scope scope) {
      this.scope = scope;
    }

    void run(List<Directive> block) {
      for (Directive rule : block) {
        if (over || decided != null) {
          return;
        }
        switch (rule.name()) {
          case "return" -> decided = answer(scope, rule);
          case "rewrite" -> rewrite(rule);
          case "break" -> over = true;
          case "set" ->
              variables.set(rule.argument(0).replace("$", ""), variables.text(rule.argument(1)));
          case "if" -> branch(rule);
          default -> {}
        }
      }
    }

    private void branch(Directive rule) {
      if (Condition.holds(rule, variables)) {
        Directive parent = scope.place();
        // Of several that hold, the last one's lines count.
        List<Directive> whole = scope.blocks().stream().filter(block -> !block.is("if")).toList();
        scope = parent.is("location") ? new Scope(whole).inside(List.of(rule)) : scope;
        run(rule.block());
      }
    }

    private void rewrite(Directive rule) {
      Regex.find(rule.argument(0), false, path)
          .ifPresent(
              match -> {
                variables.captured(rule.argument(0), match);
                String flag = rule.argument(2);
                String target = rule.argument(1);
                boolean elsewhere = target.matches("(https?://|\\$scheme).*");
                if (elsewhere || flag.equals("redirect") || flag.equals("permanent")) {
                  decided = decided(scope, Handling.REDIRECTED, rule);
                  return;
                }
                path = variables.text(target).map(RequestPath::normalised).orElse(path);
                variables.path(path);
                rewritten = true;
                over = flag.equals("last") || flag.equals("break");
                again = !flag.equals("break");
              });
    }
  }
}
