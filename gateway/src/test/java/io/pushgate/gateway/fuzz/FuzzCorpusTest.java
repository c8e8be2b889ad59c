package io.pushgate.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All inputs that are kept, run once each: what a fuzzer ever found stays found. */
class FuzzCorpusTest {
  @ParameterizedTest
  @EnumSource
  void noneFails(FuzzTarget target) throws Exception {
    List<Path> inputs = new ArrayList<>(FuzzTarget.inputs(target.seeds()));
    assertThat(inputs).hasSizeGreaterThan(20);
    inputs.addAll(FuzzTarget.inputs(target.found()));

    assertThat(failures(target.fuzzer(), inputs)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void noSeedShowsThePlantedFault(FuzzTarget target) throws Exception {
    assertThat(failures(target.planted(), FuzzTarget.inputs(target.seeds()))).isEmpty();
  }

  private static List<String> failures(Class<?> fuzzer, List<Path> inputs) {
    List<String> failures = new ArrayList<>();
    for (Path input : inputs) {
      try {
        FuzzTarget.run(fuzzer, input);
      } catch (Throwable thrown) {
        failures.add(input + ": " + thrown);
      }
    }
    return failures;
  }
}
