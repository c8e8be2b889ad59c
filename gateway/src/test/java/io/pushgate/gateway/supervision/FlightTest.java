package io.pushgate.gateway.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightTest {
  private final List<Flight> arrived = new ArrayList<>();
  private final Flight flight = new Flight(7, 0, 0, List.of("loop-1", "loop-2"), arrived::add);

  @Test
  void namesTheFirstStationThatItHasNotReached() {
    assertThat(flight.missing().where()).contains("loop-1");
    flight.turned(0);
    assertThat(flight.missing()).extracting(Flight.Missing::station).isEqualTo("loop");
    assertThat(flight.missing().where()).contains("loop-2");
    flight.turned(1);
    assertThat(flight.missing().station()).isEqualTo("journal");
    assertThat(flight.lacksSessionsAlone()).isFalse();
    flight.journalled();
    flight.seen(0);
    assertThat(flight.lacksSessionsAlone()).isTrue();
    assertThat(flight.missing().station()).isEqualTo("session");
    assertThat(flight.missing().where()).contains("loop-2");
    assertThat(arrived).isEmpty();

    flight.seen(1);
    flight.seen(1);

    assertThat(arrived).containsExactly(flight);
  }

  @Test
  void asksNoMoreThanLoopsThatTurnWhereTheJournalTakesNothing() {
    flight.refused();
    flight.turned(0);
    assertThat(arrived).isEmpty();

    flight.turned(1);

    assertThat(arrived).containsExactly(flight);
    assertThat(flight.isJournalled()).isFalse();
  }
}
