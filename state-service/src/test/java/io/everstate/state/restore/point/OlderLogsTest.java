package io.everstate.state.restore.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.Owner;
import io.everstate.state.archive.ArchiveReading.OlderLog;
import io.everstate.state.past.Then;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.NotYet;
import io.everstate.state.past.Then.Was;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OlderLogsTest {
    private static final OlderLog NEWER = new OlderLog("newer", null);
    private static final OlderLog OLDEST = new OlderLog("oldest", null);
    private static final Then NOTHING_OF_IT = new NotYet("nothing so early", false);

    private final BotId bot = Owner.newBot();
    private final BotId other = Owner.newBot();
    private final Map<String, Map<BotId, Then>> said = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    private void says(OlderLog log, BotId of, Then then) {
        said.computeIfAbsent(log.topicId(), _ -> new HashMap<>()).put(of, then);
    }

    private Map<BotId, Then> found(OlderLog... newestFirst) {
        return new OlderLogs((log, bots) -> {
                    asked.add("%s of %d".formatted(log.topicId(), bots.size()));
                    var all = new HashMap<>(said.getOrDefault(log.topicId(), Map.of()));
                    all.keySet().retainAll(bots);
                    return all;
                })
                .find(List.of(bot, other), List.of(newestFirst));
    }

    @Test
    void theNewestSaysWhatItCanAndIsAskedOnceForAll() {
        var was = new Was(Points.found(3));
        var older = new Was(Points.found(2));
        says(NEWER, bot, was);
        says(NEWER, other, NOTHING_OF_IT);
        says(OLDEST, bot, older);
        says(OLDEST, other, older);

        assertThat(found(NEWER, OLDEST)).containsEntry(bot, was).containsEntry(other, older);
        assertThat(asked).containsExactly("newer of 2", "oldest of 1");
    }

    @Test
    void noneIsAskedWhenAllIsSaid() {
        says(NEWER, bot, new NotYet("it was made later", true));
        says(NEWER, other, new CutShort(Points.found(2), "it ends too early"));

        assertThat(found(NEWER, OLDEST)).isEqualTo(said.get("newer"));
        assertThat(asked).containsExactly("newer of 2");
    }

    @Test
    void oneThatDivergedIsNotAsked() {
        says(OLDEST, other, new Was(Points.found(2)));

        var found = found(new OlderLog("newer", "another record at offset 7"), OLDEST);

        assertThat(asked).containsExactly("oldest of 2");
        assertThat(found.get(bot))
                .isEqualTo(new CutShort(
                        null, "what is archived of topic newer is not to be relied on: another record at offset 7"));
        assertThat(found.get(other)).isInstanceOf(Was.class);
    }

    @Test
    void whoIsInNoneIsCutShortWithEveryReason() {
        says(NEWER, bot, new CutShort(null, "no segment holds offset 7"));
        says(OLDEST, bot, NOTHING_OF_IT);

        assertThat(found(NEWER, OLDEST))
                .containsEntry(
                        bot, new CutShort(null, "no segment holds offset 7; topic oldest has nothing of it so early"))
                .containsEntry(other, new CutShort(null, "no older one is archived"));
    }
}
