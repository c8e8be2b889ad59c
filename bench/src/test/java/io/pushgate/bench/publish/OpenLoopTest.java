package io.pushgate.bench.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.pushgate.bench.ledger.Stamp;
import io.pushgate.bench.ledger.StampReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An open loop whose pushes were all due before it could start. */
class OpenLoopTest {
  private static final int COUNT = 10;

  private final long base = System.nanoTime() - TimeUnit.SECONDS.toNanos(5);
  private final Schedule schedule = new Schedule(base, 10, COUNT);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Answers answers = new Answers(null);
  private final Publisher publisher =
      new Publisher(
          new JsonWire(),
          new AtEveryone(1),
          new Stamp(1, 128),
          answers,
          channel.eventLoop().newPromise());

  OpenLoopTest() {
    channel.pipeline().addLast(publisher);
  }

  @AfterEach
  void releaseChannel() {
    channel.finishAndReleaseAll();
  }

  private void takesMore(boolean more) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    buffer.setUserDefinedWritability(1, more);
    channel.runPendingTasks();
  }

  private List<Long> sentTimes() {
    List<Long> times = new ArrayList<>();
    StampReader stamp = new StampReader(128);
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      int length = out.bytesBefore((byte) '\n');
      while (length >= 0) {
        assertThat(stamp.read(out, out.readerIndex(), out.readerIndex() + length)).isTrue();
        times.add(stamp.intendedNanos());
        out.skipBytes(length + 1);
        length = out.bytesBefore((byte) '\n');
      }
      out.release();
    }
    return times;
  }

  private List<Long> intendedTimes() {
    List<Long> times = new ArrayList<>();
    for (int push = 0; push < COUNT; push++) {
      times.add(schedule.intendedNanos(push));
    }
    return times;
  }

  @Test
  void stampsWhatGoesOutLateWithTheTimeItWasDue() {
    publisher.start(new OpenLoop(publisher, schedule));

    assertThat(sentTimes()).isEqualTo(intendedTimes());
  }

  @Test
  void sendsWhatTheSocketDidNotTakeAsSoonAsItDoesWithTheTimeItWasDue() {
    takesMore(false);
    publisher.start(new OpenLoop(publisher, schedule));
    assertThat(sentTimes()).isEmpty();
    assertThat(publisher.tally().unsent()).isEqualTo(COUNT);

    takesMore(true);

    assertThat(sentTimes()).isEqualTo(intendedTimes());
    assertThat(publisher.tally().unsent()).isZero();
  }

  @Test
  void countsItsOwnLatenessApart() {
    answers.measure(new Timing(base, 0, TimeUnit.SECONDS.toNanos(1)));

    publisher.start(new OpenLoop(publisher, schedule));

    assertThat(answers.lag().count()).isEqualTo(COUNT);
    assertThat(answers.lag().percentileMillis(0)).isGreaterThan(3_999);
  }
}
