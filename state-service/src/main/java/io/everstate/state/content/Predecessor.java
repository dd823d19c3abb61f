package io.everstate.state.content;

import io.everstate.contracts.bot.BotId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The bots of the FULL content before another one. A bot is never taken away, for one that is deleted says so in its state, and never goes
 * back, for a restore appends: so all of them must be in the later one, as far or farther. Used once.
 */
public final class Predecessor implements Consumer<Head> {
    private final TreeMap<BotId, Long> expected = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private long compared;

    /** Of a content before which there is none. */
    public Predecessor() {}

    /**
     * @param except bots of which a person said that they may be other than they were
     * @throws IOException when the earlier content cannot be read to its end
     */
    public Predecessor(SnapshotContent described, InputStream earlier, Set<BotId> except) throws IOException {
        try (var unpacked = described.format().unpacked(earlier)) {
            var lines = new Lines(unpacked);
            for (var line = lines.next(); line != null; line = lines.next()) {
                var head = Head.of(line);
                expected.put(head.id(), head.sequence());
            }
        }
        expected.keySet().removeAll(except);
        compared = expected.size();
    }

    /** Meets a bot of the later content. */
    @Override
    public void accept(Head bot) {
        var before = expected.remove(bot.id());
        if (before != null && bot.sequence() < before) {
            findings.add("bot %s is at event %d, in the FULL one before it at %d"
                    .formatted(bot.id(), bot.sequence(), before));
        }
    }

    /** What is missing when all were met: findings, each a sentence, and how many of the earlier bots are as they should be. */
    public Verdict verdict() {
        var all = new ArrayList<>(findings);
        expected.forEach((bot, sequence) ->
                all.add("bot %s is gone; the FULL one before it has it at event %d".formatted(bot, sequence)));
        return new Verdict(all, new Quality().measured(compared - all.size(), compared));
    }
}
