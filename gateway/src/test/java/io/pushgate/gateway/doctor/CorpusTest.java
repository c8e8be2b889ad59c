package io.pushgate.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pushgate.gateway.nginx.Edit;
import io.pushgate.gateway.nginx.judge.Configuration;
import io.pushgate.gateway.nginx.judge.Fault;
import io.pushgate.gateway.testing.Finished;
import io.pushgate.gateway.testing.NginxServer;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus itself, and what its texts alone tell without any server running. */
final class CorpusTest {

  static Stream<SiteCase> corpus() {
    return SiteCase.all().stream();
  }

  private static WrittenSite written(SiteCase site) {
    return new WrittenSite(site, NginxServer.freePort());
  }

  @Test
  void thereAreEnoughOfBothKinds() {
    List<SiteCase> all = SiteCase.all();

    assertThat(all).filteredOn(site -> site.exitCode() != 0).hasSizeGreaterThanOrEqualTo(30);
    assertThat(all).filteredOn(site -> site.exitCode() == 0).hasSizeGreaterThanOrEqualTo(8);
    assertThat(all).filteredOn(site -> site.code().isEmpty()).allMatch(s -> s.exitCode() == 0);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void nginxTakesItAndSoItDoesWhenWrittenAnew(SiteCase site) throws Exception {
    try (WrittenSite written = written(site)) {
      Finished asItIs = written.nginx().check();
      written.mend(List.of());
      Finished anew = written.nginx().check();

      assertThat(asItIs.exitCode()).as(asItIs.output()).isZero();
      assertThat(anew.exitCode()).as(anew.output()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void theJudgeSaysWhatTheTextTells(SiteCase site) throws Exception {
    try (WrittenSite written = written(site)) {
      URI at = written.address();
      List<Fault> faults = written.configuration().faults(at.getHost(), at.getPort());

      assertThat(faults)
          .extracting(Fault::code)
          .containsExactlyInAnyOrderElementsOf(site.words("judge"));
      assertThat(written.configuration().faults().isEmpty() || site.exitCode() != 0).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void whatTheJudgeWouldWriteMendsIt(SiteCase site) throws Exception {
    try (WrittenSite written = written(site)) {
      URI at = written.address();
      Configuration configuration = written.configuration();
      List<Fault> faults = configuration.faults(at.getHost(), at.getPort());
      List<Edit> edits = faults.stream().flatMap(fault -> fault.edits().stream()).toList();
      List<String> mendable =
          faults.stream().filter(f -> !f.edits().isEmpty()).map(Fault::code).toList();

      Configuration mended = NginxMender.mend(configuration, at.getHost(), at.getPort(), edits);

      assertThat(mended.faults(at.getHost(), at.getPort()))
          .extracting(Fault::code)
          .noneMatch(mendable::contains);
    }
  }
}
