package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import io.pushgate.gateway.testing.JavaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no source file of the three modules calls or says, and where it is meant after all. */
class BannedCallsTest {
  private static final Set<String> NOWHERE = Set.of();
  private static final Set<String> COMMAND_LINE =
      Set.of("/Main.java", "io/pushgate/gateway/command/", "bench/src/main/");

  private static final List<Ban> BANS =
      List.of(
          new Ban("Thread\\.sleep", "blocks a thread: schedule instead", NOWHERE),
          new Ban("System\\.exit", "ends the process under others' feet", Set.of("/Main.java")),
          new Ban("System\\.(out|err)", "belongs to the command line: log instead", COMMAND_LINE),
          new Ban(".*\\.printStackTrace", "hides a failure from the log", COMMAND_LINE),
          new Ban("URLDecoder\\..*", "turns + into a space and lets bad input pass", NOWHERE),
          new Ban("DefaultChannelGroup", "costs a task a channel a write", NOWHERE),
          new Ban("Executors\\.newCachedThreadPool", "has no bound", NOWHERE),
          new Ban("GlobalEventExecutor\\..*", "is a thread that nobody stops", NOWHERE));

  private static final Pattern SKIPS =
      Pattern.compile(
          "Disabled.*|EnabledIf.*|EnabledOn.*|EnabledFor.*|Assumptions?|assume[A-Z].*"
              + "|assumingThat|TestAbortedException");

  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  private static final List<JavaSource> SOURCES = JavaSource.all();

  @Test
  void mainSourcesKeepToWhatIsAllowed() {
    List<String> found = new ArrayList<>();
    for (JavaSource source : SOURCES) {
      if (source.isMain()) {
        forEachName(source, (tree, name) -> addBanned(source, tree, name, found));
      }
    }

    assertThat(found).isEmpty();
  }

  @Test
  void testsWaitForConditionsAndNotForTime() {
    List<String> found = new ArrayList<>();
    for (JavaSource source : SOURCES) {
      forEachName(
          source,
          (tree, name) -> {
            if (name.equals("Thread.sleep")) {
              found.add(source.placeOf(tree));
            }
          });
    }

    assertThat(found).isEmpty();
  }

  @Test
  void textBecomesBytesInANamedCharset() {
    List<String> found = new ArrayList<>();
    for (JavaSource source : SOURCES) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
          boolean getBytes = call.getMethodSelect().toString().endsWith(".getBytes");
          if (getBytes && call.getArguments().isEmpty()) {
            found.add(source.placeOf(call) + ": " + call);
          }
          return super.visitMethodInvocation(call, null);
        }
      }.scan(source.unit(), null);
    }

    assertThat(found).isEmpty();
  }

  @Test
  void noTestCanBeLeftOut() {
    List<String> found = new ArrayList<>();
    for (JavaSource source : SOURCES) {
      forEachName(
          source,
          (tree, name) -> {
            if (!source.isMain() && SKIPS.matcher(name).matches()) {
              found.add(source.placeOf(tree) + ": " + name);
            }
          });
    }

    assertThat(found).isEmpty();
  }

  @Test
  void nothingIsMarkedUnfinished() {
    List<String> found = new ArrayList<>();
    for (JavaSource source : SOURCES) {
      for (String line : source.lines()) {
        boolean thisRule = line.contains("UNFINISHED");
        if (!thisRule && UNFINISHED.matcher(line).find()) {
          found.add(source.name() + ": " + line.strip());
        }
      }
    }

    assertThat(found).isEmpty();
  }

  private static void addBanned(JavaSource source, Tree tree, String name, List<String> found) {
    for (Ban ban : BANS) {
      boolean meant = ban.allowedIn().stream().anyMatch(place -> source.name().contains(place));
      if (!meant && name.matches(ban.name())) {
        found.add(source.placeOf(tree) + ": " + name + " " + ban.because());
      }
    }
  }

  /** Every name in the code as written: {@code a}, {@code a.b}, {@code a.b.c}. */
  private static void forEachName(JavaSource source, NameVisitor visitor) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitIdentifier(IdentifierTree tree, Void none) {
        visitor.visit(tree, tree.getName().toString());
        return super.visitIdentifier(tree, null);
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree tree, Void none) {
        visitor.visit(tree, tree.toString());
        return super.visitMemberSelect(tree, null);
      }
    }.scan(source.unit(), null);
  }

  private interface NameVisitor {
    void visit(Tree tree, String name);
  }

  private record Ban(String name, String because, Set<String> allowedIn) {}
}
