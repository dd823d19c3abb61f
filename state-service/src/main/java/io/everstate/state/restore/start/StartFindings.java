package io.everstate.state.restore.start;

import java.util.ArrayList;
import java.util.List;

/** What a look found. Used by one thread. */
final class StartFindings {
    private static final int MOST_BOTS_NAMED = 10;

    private final List<String> facts = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private long bots;
    private long brokenBots;

    /** Something to be known that is as it should be. */
    void fact(String sentence) {
        facts.add(sentence);
    }

    /** Something that is not as it should be. */
    void broken(String sentence) {
        broken.add(sentence);
    }

    void bot(String id, List<String> defects) {
        bots++;
        if (!defects.isEmpty() && brokenBots++ < MOST_BOTS_NAMED) {
            broken.add("bot %s: %s".formatted(id, String.join("; ", defects)));
        }
    }

    long bots() {
        return bots;
    }

    long brokenBots() {
        return brokenBots;
    }

    boolean isWell() {
        return broken.isEmpty();
    }

    /** What is broken comes first. */
    List<String> sentences() {
        var all = new ArrayList<>(broken);
        all.addAll(facts);
        return all;
    }
}
