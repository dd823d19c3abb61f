package io.everstate.state.content;

import java.util.List;
import java.util.stream.Stream;

/** @param findings what is wrong, each a sentence; empty when all is well; at most {@value #MOST} are named */
public record Verdict(List<String> findings, Quality quality) {
    static final int MOST = 20;

    public Verdict {
        findings = findings.stream().limit(MOST).toList();
    }

    /** This and what another look at the same found. */
    public Verdict and(Verdict other) {
        return new Verdict(
                Stream.concat(findings.stream(), other.findings.stream()).toList(), quality.and(other.quality));
    }

    public boolean valid() {
        return findings.isEmpty();
    }
}
