package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.pushgate.gateway.testing.JavaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shape of every source file of the three modules: sizes, names, first comments. */
class SourceShapeTest {
  private static final int MAX_FILE_LINES = 300;

  /** A suite may go through one subject at more length than a class may. */
  private static final int MAX_TEST_LINES = 400;

  private static final int MAX_METHOD_LINES = 70;
  private static final int MAX_CONSTRUCTOR_PARAMETERS = 6;

  /** Words that say nothing of what a class is. */
  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Manager|Utils?|Impl|Helpers?)|I[A-Z][a-z].*");

  private static final List<JavaSource> SOURCES = JavaSource.all();

  @Test
  void filesAreShort() {
    List<String> tooLong = new ArrayList<>();
    for (JavaSource source : SOURCES) {
      int lines = source.lines().size();
      if (lines > (source.name().contains("/src/test/") ? MAX_TEST_LINES : MAX_FILE_LINES)) {
        tooLong.add(source.name() + " has " + lines + " lines");
      }
    }

    assertThat(tooLong).isEmpty();
  }

  @Test
  void methodsAreShort() {
    List<String> tooLong = new ArrayList<>();
    forEach(
        MethodTree.class,
        (source, path) -> {
          long lines = source.lastLine(path.getLeaf()) - source.firstLine(path.getLeaf()) + 1;
          if (lines > MAX_METHOD_LINES) {
            tooLong.add(source.placeOf(path.getLeaf()) + " has " + lines + " lines");
          }
        });

    assertThat(tooLong).isEmpty();
  }

  @Test
  void constructorsTakeFewParameters() {
    List<String> tooMany = new ArrayList<>();
    forEach(
        MethodTree.class,
        (source, path) -> {
          MethodTree method = (MethodTree) path.getLeaf();
          int parameters = method.getParameters().size();
          // A record has as many as what it stands for, which may be a frame of the wire.
          boolean inRecord = path.getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
          boolean constructor = method.getReturnType() == null && !inRecord;
          if (constructor && parameters > MAX_CONSTRUCTOR_PARAMETERS) {
            tooMany.add(source.placeOf(method) + " takes " + parameters);
          }
        });

    assertThat(tooMany).isEmpty();
  }

  @Test
  void typesAreNamedByWhatTheyAre() {
    List<String> emptyNames = new ArrayList<>();
    forEach(
        ClassTree.class,
        (source, path) -> {
          String name = ((ClassTree) path.getLeaf()).getSimpleName().toString();
          if (EMPTY_NAME.matcher(name).matches()) {
            emptyNames.add(source.placeOf(path.getLeaf()) + " is called " + name);
          }
        });

    assertThat(emptyNames).isEmpty();
  }

  @Test
  void everyMainTypeSaysWhatItIs() {
    List<String> silent = new ArrayList<>();
    forEach(
        ClassTree.class,
        (source, path) -> {
          Tree parent = path.getParentPath().getLeaf();
          boolean topLevel = parent instanceof CompilationUnitTree;
          if (source.isMain() && topLevel && source.trees().getDocComment(path) == null) {
            silent.add(source.placeOf(path.getLeaf()));
          }
        });

    assertThat(silent).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItOwnsAndIsNullMarked() {
    Set<String> packages = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (JavaSource source : SOURCES) {
      String name = source.unit().getPackageName().toString();
      packages.add(name);
      boolean says = String.join("\n", source.lines()).contains("*/\n@NullMarked\npackage ");
      if (source.isPackageInfo() && says) {
        marked.add(name);
      }
    }

    assertThat(packages).isNotEmpty().isSubsetOf(marked);
  }

  private static <T extends Tree> void forEach(
      Class<T> kind, BiConsumer<JavaSource, TreePath> visitor) {
    for (JavaSource source : SOURCES) {
      new TreePathScanner<Void, Void>() {
        @Override
        public Void scan(Tree tree, Void none) {
          if (kind.isInstance(tree)) {
            visitor.accept(source, new TreePath(getCurrentPath(), tree));
          }
          return super.scan(tree, null);
        }
      }.scan(new TreePath(source.unit()), null);
    }
  }
}
