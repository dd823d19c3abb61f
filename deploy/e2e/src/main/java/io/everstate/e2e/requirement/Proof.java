package io.everstate.e2e.requirement;

import java.util.List;
import java.util.Optional;

/** The tests that carry the id of a requirement. */
record Proof(Requirement requirement, List<Witness> witnesses) {

    Proof {
        witnesses = List.copyOf(witnesses);
    }

    /** @param module where the test is */
    record Witness(String module, TestMethod test, Outcome outcome) {}

    /** Empty if no test carries the id: nothing proves it. */
    Optional<Outcome> outcome() {
        return witnesses.stream().map(Witness::outcome).reduce(Outcome::worse);
    }

    boolean holds() {
        return outcome().filter(Outcome.PASSED::equals).isPresent();
    }
}
