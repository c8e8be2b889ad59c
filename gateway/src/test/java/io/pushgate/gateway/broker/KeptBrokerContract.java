package io.pushgate.gateway.broker;

import io.pushgate.gateway.testing.BrokerRun;
import io.pushgate.gateway.testing.TestBroker;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a broker promises whose store outlives its process: runs once for each of that kind. */
@ParameterizedClass
@EnumSource(value = TestBroker.class, mode = EnumSource.Mode.MATCH_ANY, names = "KEPT_MEMORY|DISK")
abstract class KeptBrokerContract extends BrokerUnderTest {

  /** A test of what is the same whether a process was stopped or killed: runs once for each. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @EnumSource(
      value = BrokerRun.End.class,
      names = {"CLOSED", "KILLED"})
  @interface EitherEnd {}
}
