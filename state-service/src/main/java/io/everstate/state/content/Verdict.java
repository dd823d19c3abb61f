package io.everstate.state.content;

import java.util.List;

/** @param findings what is wrong, each a sentence; empty when all is well; at most {@value #MOST} are named */
public record Verdict(List<String> findings, Quality quality) {
    static final int MOST = 20;

    public Verdict {
        findings = findings.stream().limit(MOST).toList();
    }

    public boolean valid() {
        return findings.isEmpty();
    }
}
