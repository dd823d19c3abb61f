package io.everstate.e2e.requirement;

import java.util.List;

/** The tests that carry the id of a requirement. */
record Proof(Requirement requirement, List<Witness> witnesses) {

    Proof {
        witnesses = List.copyOf(witnesses);
    }

    /** @param module where the test is */
    record Witness(String module, TestMethod test, Outcome outcome) {}

    /**
     * At least one test passed, and none failed or was left out. A skipped test, whose tool this machine lacks, proves nothing and
     * refutes nothing.
     */
    boolean holds() {
        List<Outcome> outcomes = witnesses.stream().map(Witness::outcome).toList();
        return outcomes.contains(Outcome.PASSED)
                && !outcomes.contains(Outcome.FAILED)
                && !outcomes.contains(Outcome.NOT_RUN);
    }
}
