package io.pushgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the compiled classes of protocol and gateway may use of each other and of libraries. */
class ArchitectureTest {
  private static final String HOME = "io.pushgate.";

  /**
   * Which package may use which, those of the gateway by their short names. A new arrow is a
   * decision and belongs here first; the order is from the top down, and no arrow points up.
   */
  private static final Map<String, Set<String>> ARROWS =
      arrows(
          """
          gateway        > command client ingress admin routing hub session
          gateway        > auth broker broker.local broker.memory broker.disk
          gateway        > websocket http transport metrics config protocol
          command        > config protocol protocol.client protocol.ingress protocol.publisher
          gateway        > client.witness ingress.tls supervision
          command        > doctor doctor.probe nginx.judge nginx.text auth
          doctor         > doctor.probe nginx.judge nginx.text nginx http protocol protocol.ingress
          doctor.probe   > websocket protocol
          client         > auth client.witness http routing broker session websocket transport metrics config
          client         > protocol protocol.client
          client.witness > nginx http session metrics config protocol
          ingress        > ingress.tls http routing broker transport metrics config
          ingress        > protocol protocol.ingress
          ingress.tls    > metrics config
          admin          > http routing hub broker session transport metrics config protocol
          admin          > protocol.ingress
          auth           > session metrics config protocol
          supervision    > routing broker session transport metrics protocol protocol.ingress
          routing        > hub broker session transport metrics config
          routing        > protocol protocol.client protocol.ingress
          hub            > broker session transport metrics config protocol protocol.client
          session        > broker websocket transport metrics config protocol protocol.client
          broker.memory  > broker.local broker config protocol
          broker.disk    > broker.local config
          broker.local   > broker metrics config protocol protocol.client protocol.ingress
          broker         > metrics config protocol protocol.client protocol.ingress
          websocket      > protocol
          nginx.judge    > nginx.routing nginx.text nginx
          nginx.routing  > nginx.text nginx
          nginx.text     > nginx
          nginx          >
          http           > metrics config protocol
          transport      > metrics config protocol
          metrics        > config protocol protocol.client protocol.ingress
          config         > protocol
          protocol.publisher > protocol protocol.ingress
          protocol.ingress   > protocol
          protocol.client    > protocol
          protocol           >
          """);

  /** Libraries, by a name that ends in a dot, and types, and which packages alone may use them. */
  private static final Map<String, Set<String>> LIBRARIES =
      arrows(
          """
          io.pushgate.gateway.broker.Broker > gateway routing broker broker.local
          com.fasterxml.jackson.databind. > config admin
          io.micrometer.                  > metrics admin
          io.prometheus.                  > metrics admin
          picocli.                        > gateway command
          org.rocksdb.                    > broker.disk
          org.jose4j.                     > auth
          io.netty.bootstrap.             > gateway transport supervision command protocol.publisher
          io.netty.channel.epoll.         > transport supervision
          io.netty.channel.uring.         > transport
          io.netty.channel.nio.           > transport command protocol.publisher
          io.netty.channel.               > gateway command client ingress admin routing hub session
          io.netty.channel.               > transport supervision http metrics protocol.publisher
          io.netty.channel.               > ingress.tls
          io.netty.handler.ssl.           > command ingress ingress.tls protocol.publisher
          io.netty.handler.codec.http.    > command client client.witness ingress admin http
          """);

  /** Where a thread may wait: at start and stop and on the command line, never on a loop. */
  private static final Set<String> MAY_WAIT =
      Set.of(
          HOME + "gateway.Main.",
          HOME + "gateway.Gateway.",
          HOME + "gateway.Ports.",
          HOME + "gateway.command.",
          HOME + "gateway.broker.local.ThreadLane.",
          HOME + "gateway.transport.Listener.",
          HOME + "gateway.transport.Transport.stop(");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.pushgate");

  @Test
  void packagesUseOnlyWhatTheTableLists() {
    Map<String, Set<String>> unlisted = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      String from = roomOf(type);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        boolean ours = target.getPackageName().startsWith(HOME);
        String to = roomOf(target);
        if (ours && !to.equals(from) && !ARROWS.getOrDefault(from, Set.of()).contains(to)) {
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
    assertThat(CLASSES.stream().map(ArchitectureTest::roomOf).distinct())
        .isNotEmpty()
        .isSubsetOf(ARROWS.keySet());
  }

  @Test
  void theTableHasNoCircle() {
    Set<String> above = new HashSet<>();
    ARROWS.forEach(
        (room, uses) -> {
          above.add(room);
          assertThat(uses)
              .as("arrows of %s that do not point down", room)
              .doesNotContainAnyElementsOf(above);
        });
  }

  @Test
  void librariesAreNamedOnlyWhereTheyBelong() {
    Map<String, Set<String>> elsewhere = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        LIBRARIES.forEach(
            (library, rooms) -> {
              if (isOf(target, library) && !rooms.contains(roomOf(type))) {
                elsewhere
                    .computeIfAbsent(library, name -> new TreeSet<>())
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
      type.getAccessesFromSelf().stream()
          .filter(ArchitectureTest::waits)
          .filter(
              access -> MAY_WAIT.stream().noneMatch(access.getOrigin().getFullName()::startsWith))
          .map(JavaAccess::getDescription)
          .forEach(waits::add);
    }

    assertThat(waits).isEmpty();
  }

  private static boolean isOf(String type, String library) {
    return library.endsWith(".") ? type.startsWith(library) : type.equals(library);
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
    return name.startsWith(HOME + "gateway.")
        ? name.substring((HOME + "gateway.").length())
        : name.substring(name.startsWith(HOME) ? HOME.length() : 0);
  }

  /** Reads lines of the form {@code name > name name}; a name's lines add up. */
  private static Map<String, Set<String>> arrows(String table) {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    for (String line : table.strip().split("\n", -1)) {
      int arrow = line.indexOf('>');
      Set<String> targets =
          arrows.computeIfAbsent(line.substring(0, arrow).strip(), from -> new TreeSet<>());
      StringTokenizer names = new StringTokenizer(line.substring(arrow + 1));
      while (names.hasMoreTokens()) {
        targets.add(names.nextToken());
      }
    }
    return arrows;
  }
}
