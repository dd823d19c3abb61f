package io.everstate.state.snapshot;

import java.util.List;

/** @param findings what is wrong, each a sentence; empty when all is well; at most {@value #MOST} are named */
record Verdict(List<String> findings) {
    static final int MOST = 20;

    Verdict {
        findings = findings.stream().limit(MOST).toList();
    }

    boolean valid() {
        return findings.isEmpty();
    }
}
