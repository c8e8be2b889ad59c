package io.pushgate.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final BitSet NONE_REFUSED = new BitSet();

  private static Ledger of(int... sequences) {
    Ledger ledger = new Ledger();
    for (int sequence : sequences) {
      ledger.arrived(sequence);
    }
    return ledger;
  }

  @Test
  void findsNothingWhereAllCameInOrder() {
    Ledger ledger = of(0, 1, 2, 3);

    assertThat(ledger.lost(4, NONE_REFUSED)).isZero();
    assertThat(ledger.doubled()).isZero();
    assertThat(ledger.reordered()).isZero();
  }

  @Test
  void countsWhatIsMissingAtTheStartInTheMiddleAndAtTheEnd() {
    assertThat(of(1, 2, 5, 6).lost(9, NONE_REFUSED)).isEqualTo(5);
  }

  @Test
  void countsEverythingAsLostWhereNothingCame() {
    assertThat(of().lost(3, NONE_REFUSED)).isEqualTo(3);
  }

  @Test
  void countsRepeatsOfAnyAgeAsDoubledAndNotAsFirstArrivals() {
    Ledger ledger = of(0, 1, 2);

    assertThat(ledger.arrived(2)).isFalse();
    assertThat(ledger.arrived(0)).isFalse();
    assertThat(ledger.doubled()).isEqualTo(2);
    assertThat(ledger.reordered()).isZero();
    assertThat(ledger.lost(3, NONE_REFUSED)).isZero();
  }

  @Test
  void countsALateArrivalAsReorderedOnceAndItsRepeatAsDoubled() {
    Ledger ledger = of(0, 3);

    assertThat(ledger.arrived(1)).isTrue();
    assertThat(ledger.arrived(1)).isFalse();
    assertThat(ledger.reordered()).isEqualTo(1);
    assertThat(ledger.doubled()).isEqualTo(1);
    assertThat(ledger.lost(4, NONE_REFUSED)).isEqualTo(1);
  }

  @Test
  void doesNotCountWhatTheGatewayRefused() {
    BitSet refused = new BitSet();
    refused.set(1);
    refused.set(4);

    assertThat(of(0, 2).lost(5, refused)).isEqualTo(1);
  }

  @Test
  void agreesWithAPlainCountOnRandomSequences() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int sent = random.nextInt(40);
      List<Integer> arrivals = new ArrayList<>();
      for (int i = 0; i < sent; i++) {
        arrivals.addAll(Collections.nCopies(random.nextInt(3), i));
      }
      Collections.shuffle(arrivals, random);

      Ledger ledger = new Ledger();
      Set<Integer> seen = new HashSet<>();
      int highest = -1;
      int reordered = 0;
      for (int sequence : arrivals) {
        boolean first = seen.add(sequence);
        reordered += first && sequence < highest ? 1 : 0;
        highest = Math.max(highest, sequence);
        assertThat(ledger.arrived(sequence)).as("seed %d", seed).isEqualTo(first);
      }

      assertThat(ledger.doubled()).as("seed %d", seed).isEqualTo(arrivals.size() - seen.size());
      assertThat(ledger.reordered()).as("seed %d", seed).isEqualTo(reordered);
      assertThat(ledger.lost(sent, NONE_REFUSED)).as("seed %d", seed).isEqualTo(sent - seen.size());
    }
  }
}
