package io.pushgate.bench.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pushgate.protocol.ingress.BinaryFrames;
import io.pushgate.protocol.ingress.FatalFrame;
import org.junit.jupiter.api.Test;

/** What strangers say means what it is there for. */
class WordsTest {

  @Test
  void startsAFrameThatIsSoundWhateverFollows() throws FatalFrame {
    ByteBuf begun = Unpooled.wrappedBuffer(Words.startOfBinaryFrame(), Words.ascii("xxxx"));

    assertThat(BinaryFrames.length(begun, 1 << 20)).isEqualTo(500_004);
  }
}
