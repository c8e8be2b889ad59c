package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the compiled classes of protocol and gateway may use of each other and of libraries. */
class ArchitectureTest {
  private static final String HOME = "io.pushgate.";

  /**
   * Which package may use which: a new arrow is a decision and belongs here first. The order is
   * from the top down, and no arrow may point to a package that stands above it.
   */
  private static final List<Room> ROOMS =
      List.of(
          room("gateway")
              .uses("gateway.command", "gateway.client", "gateway.ingress", "gateway.admin")
              .uses("gateway.routing", "gateway.hub", "gateway.broker", "gateway.broker.memory")
              .uses("gateway.session", "gateway.websocket", "gateway.transport", "gateway.http")
              .uses("gateway.metrics", "gateway.config", "protocol"),
          room("gateway.command")
              .uses("gateway.config", "protocol", "protocol.client", "protocol.ingress")
              .uses("protocol.publisher"),
          room("gateway.client")
              .uses("gateway.http")
              .uses(
                  "gateway.http",
                  "gateway.routing",
                  "gateway.broker",
                  "gateway.session",
                  "gateway.websocket")
              .uses("gateway.transport", "gateway.metrics", "gateway.config")
              .uses("protocol", "protocol.client"),
          room("gateway.ingress")
              .uses("gateway.http")
              .uses("gateway.http", "gateway.routing", "gateway.broker", "gateway.transport")
              .uses("gateway.metrics", "gateway.config", "protocol", "protocol.ingress"),
          room("gateway.admin")
              .uses("gateway.http")
              .uses(
                  "gateway.http",
                  "gateway.routing",
                  "gateway.hub",
                  "gateway.broker",
                  "gateway.session")
              .uses("gateway.transport", "gateway.metrics", "gateway.config", "protocol"),
          room("gateway.routing")
              .uses("gateway.hub", "gateway.broker", "gateway.session", "gateway.transport")
              .uses("gateway.metrics", "gateway.config")
              .uses("protocol", "protocol.client", "protocol.ingress"),
          room("gateway.hub")
              .uses("gateway.session", "gateway.transport", "gateway.metrics", "gateway.config")
              .uses("protocol", "protocol.client"),
          room("gateway.session")
              .uses("gateway.broker", "gateway.websocket", "gateway.transport")
              .uses("gateway.metrics", "gateway.config", "protocol", "protocol.client"),
          room("gateway.broker.memory")
              .uses("gateway.broker", "gateway.metrics", "gateway.config")
              .uses("protocol", "protocol.client", "protocol.ingress"),
          room("gateway.broker")
              .uses("gateway.metrics", "gateway.config")
              .uses("protocol", "protocol.client", "protocol.ingress"),
          room("gateway.websocket").uses("protocol"),
          room("gateway.http").uses("gateway.metrics", "gateway.config", "protocol"),
          room("gateway.transport").uses("gateway.metrics", "gateway.config", "protocol"),
          room("gateway.http").uses("gateway.config", "protocol"),
          room("gateway.metrics")
              .uses("gateway.config", "protocol", "protocol.client", "protocol.ingress"),
          room("gateway.config").uses("protocol"),
          room("protocol.publisher").uses("protocol", "protocol.ingress"),
          room("protocol.ingress").uses("protocol"),
          room("protocol.client").uses("protocol"),
          room("protocol"));

  /** A library, by the start of its class names, and the packages that alone may name it. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.of(
          "com.fasterxml.jackson.databind.",
          Set.of(
              "protocol", "protocol.client", "protocol.ingress", "gateway.config", "gateway.admin"),
          "io.micrometer.",
          Set.of("gateway.metrics", "gateway.admin"),
          "io.prometheus.",
          Set.of("gateway.metrics", "gateway.admin"),
          "picocli.",
          Set.of("gateway", "gateway.command"),
          "io.netty.channel.epoll.",
          Set.of("gateway.transport"),
          "io.netty.channel.uring.",
          Set.of("gateway.transport"),
          "io.netty.channel.nio.",
          Set.of("gateway.transport", "gateway.command", "protocol.publisher"),
          "io.netty.bootstrap.",
          Set.of("gateway.transport", "gateway.command", "protocol.publisher"),
          "io.netty.channel.",
          Set.of(
              "gateway",
              "gateway.transport",
              "gateway.client",
              "gateway.ingress",
              "gateway.admin",
              "gateway.command",
              "gateway.hub",
              "gateway.session",
              "gateway.routing",
              "gateway.metrics",
              "protocol.publisher"),
          "io.netty.handler.codec.http.",
          Set.of(
              "gateway.http",
              "gateway.client",
              "gateway.ingress",
              "gateway.admin",
              "gateway.command"));

  /** Where a thread may wait: the program's own threads, never a loop or a lane. */
  private static final Set<String> MAY_WAIT = Set.of("gateway", "gateway.command");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.pushgate");

  @Test
  void packagesUseOnlyWhatTheTableLists() {
    Map<String, Set<String>> allowed =
        ROOMS.stream().collect(Collectors.toMap(Room::name, Room::uses));
    Map<String, Set<String>> unlisted = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      String from = roomOf(type);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        boolean ours = target.getPackageName().startsWith(HOME);
        String to = roomOf(target);
        if (ours && !to.equals(from) && !allowed.getOrDefault(from, Set.of()).contains(to)) {
          unlisted
              .computeIfAbsent(from + " -> " + to, arrow -> new TreeSet<>())
              .add(dependency.getDescription());
        }
      }
    }

    assertThat(unlisted).isEmpty();
  }

  @Test
  void everyPackageStandsInTheTable() {
    Set<String> rooms = ROOMS.stream().map(Room::name).collect(Collectors.toSet());

    assertThat(CLASSES.stream().map(ArchitectureTest::roomOf).distinct())
        .isNotEmpty()
        .isSubsetOf(rooms);
  }

  @Test
  void theTableHasNoCircle() {
    Set<String> above = new HashSet<>();
    for (Room room : ROOMS) {
      above.add(room.name());
      assertThat(room.uses())
          .as("arrows of %s that do not point down", room.name())
          .doesNotContainAnyElementsOf(above);
    }
  }

  @Test
  void librariesAreNamedOnlyWhereTheyBelong() {
    Map<String, Set<String>> elsewhere = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        LIBRARIES.forEach(
            (library, rooms) -> {
              if (target.startsWith(library) && !rooms.contains(roomOf(type))) {
                elsewhere
                    .computeIfAbsent(library + "*", name -> new TreeSet<>())
                    .add(dependency.getDescription());
              }
            });
      }
    }

    assertThat(elsewhere).isEmpty();
  }

  @Test
  void nothingWaitsOnAThreadThatServesOthers() {
    Set<String> waits = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!MAY_WAIT.contains(roomOf(type))) {
        type.getAccessesFromSelf().stream()
            .filter(ArchitectureTest::waits)
            .map(JavaAccess::getDescription)
            .forEach(waits::add);
      }
    }

    assertThat(waits).isEmpty();
  }

  private static boolean waits(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    if (owner.isAssignableTo(Future.class)) {
      boolean takesNoValueAtHand = Set.of("get", "join").contains(name);
      return takesNoValueAtHand || name.startsWith("await") || name.startsWith("sync");
    }
    return owner.isAssignableTo(CountDownLatch.class) && name.equals("await")
        || owner.isAssignableTo(BlockingQueue.class) && Set.of("take", "put").contains(name)
        || owner.isEquivalentTo(Thread.class) && Set.of("sleep", "join").contains(name)
        || owner.isEquivalentTo(Object.class) && name.equals("wait");
  }

  private static String roomOf(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(HOME) ? name.substring(HOME.length()) : name;
  }

  private static Room room(String name) {
    return new Room(name, Set.of());
  }

  private record Room(String name, Set<String> uses) {
    Room uses(String... more) {
      Set<String> all = new TreeSet<>(uses);
      all.addAll(Arrays.asList(more));
      return new Room(name, all);
    }
  }
}
