package io.pushgate.gateway.testing;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One parsed source file of the project, with the place of each part of it. Immutable. */
public record JavaSource(Path path, CompilationUnitTree unit, Trees trees) {

  /** Every source file of the three modules, main and test. */
  public static List<JavaSource> all() {
    List<JavaSource> sources = new ArrayList<>();
    for (String module : List.of("protocol", "gateway", "bench")) {
      sources.addAll(below(projectRoot().resolve(module).resolve("src")));
    }
    return sources;
  }

  /** The folder that holds the three modules, from whichever of them the tests run in. */
  public static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside the project: " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }

  /** The path as a reader of a failure looks for it, from the project's root. */
  public String name() {
    return projectRoot().relativize(path).toString();
  }

  public String fileName() {
    return path.getFileName().toString();
  }

  public boolean isMain() {
    return name().contains("/src/main/");
  }

  public boolean isPackageInfo() {
    return fileName().equals("package-info.java");
  }

  /** The line, from 1, on which a part of this file begins. */
  public long firstLine(Tree part) {
    return unit.getLineMap().getLineNumber(positions().getStartPosition(unit, part));
  }

  /** The line, from 1, on which a part of this file ends. */
  public long lastLine(Tree part) {
    return unit.getLineMap().getLineNumber(positions().getEndPosition(unit, part));
  }

  /** File and line of a part of this file. */
  public String placeOf(Tree part) {
    return name() + ":" + firstLine(part);
  }

  public List<String> lines() {
    try {
      return Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private SourcePositions positions() {
    return trees.getSourcePositions();
  }

  private static List<JavaSource> below(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> walk = Files.walk(folder);
        StandardJavaFileManager files =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<Path> paths = walk.filter(path -> path.toString().endsWith(".java")).sorted().toList();
      if (paths.isEmpty()) {
        return List.of();
      }
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(paths));
      Trees trees = Trees.instance(task);
      List<JavaSource> sources = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        sources.add(new JavaSource(Path.of(unit.getSourceFile().toUri()), unit, trees));
      }
      return sources;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
