package io.pushgate.gateway.doctor;

import java.util.Optional;

/** One row of the table: a fault, where the evidence shows it. */
@FunctionalInterface
interface Rule {
  Optional<Diagnosis> judge(Evidence evidence);
}
