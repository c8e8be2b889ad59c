package io.pushgate.gateway.broker;

import io.pushgate.gateway.testing.TestBroker;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every broker promises: runs once for each kind. */
@ParameterizedClass
@EnumSource(TestBroker.class)
abstract class BrokerContract extends BrokerUnderTest {}
