package io.pushgate.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.doctor.ExaminedSite.Finding;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The doctor on each proxy of the corpus, seen from outside alone; and what he prints, written into
 * the configuration by a program, makes him say that all is well.
 */
final class DoctorMatrixTest {
  /** A doctor waits most of his time, so that a few at once take no longer than one. */
  private static final ExecutorService DOCTORS = Executors.newFixedThreadPool(8);

  private static final long PATIENCE_MINUTES = 10;

  @TestFactory
  Stream<DynamicTest> namesTheFaultAndWhatMendsIt() {
    return SiteCase.all().stream()
        .map(site -> started(site.name(), () -> examine(site)))
        .toList()
        .stream();
  }

  @AfterAll
  static void endDoctors() {
    DOCTORS.shutdownNow();
  }

  private static void examine(SiteCase site) throws Exception {
    try (ExaminedSite examined = new ExaminedSite(site)) {
      Finding finding = examined.examine();
      assertThat(finding.code()).as(finding.report()).isEqualTo(site.code());
      assertThat(finding.exitCode()).as(finding.report()).isEqualTo(site.exitCode());
      for (int round = 0; site.isMendable() && round < site.rounds(); round++) {
        assertThat(finding.edits()).as(finding.report()).isNotEmpty();
        examined.mend(finding.edits());
        finding = examined.examine();
        if (finding.exitCode() == 0) {
          return;
        }
      }
      assertThat(site.isMendable() ? finding.exitCode() : 0)
          .as("mended, after %d rounds: %s", site.rounds(), finding.report())
          .isZero();
    }
  }

  private interface Examination {
    void run() throws Exception;
  }

  private static DynamicTest started(String name, Examination examination) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    DOCTORS.execute(
        () -> {
          try {
            examination.run();
            done.complete(null);
          } catch (Throwable failure) {
            done.completeExceptionally(failure);
          }
        });
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try {
            done.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
          } catch (ExecutionException failed) {
            throw failed.getCause();
          }
        });
  }
}
