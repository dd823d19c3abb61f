package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log is folded, is made anew with a part of what it had, and goes on: cut into batches and begun again anywhere. */
class LogMadeAnewTest {
    private static final int LENGTH = 400;
    private static final long AHEAD = 1_000_000;

    private final InMemoryFoldStore store = new InMemoryFoldStore();
    private @Nullable PartitionProjection projection;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingIsKnownLessAndWhatIsLostIsSaidAndHealed(long seed) {
        var random = new Random(seed);
        var entries = RandomLog.of(random, LENGTH);
        fold("a", stored(entries), LENGTH, random);
        var before = known();
        var left = random.nextInt(LENGTH + 1);

        var restored = new ArrayList<>(entries.subList(0, left));
        var news = anew("b", stored(restored), left, random);

        var inLog =
                byId(StoredRecords.fold(stored(restored), StoredRecords.CODEC).bots());
        assertThat(known()).as("no state is replaced by an older one").isEqualTo(before);
        var lost = lost(before, inLog);
        assertThat(lostIn(news)).isEqualTo(lost.keySet());
        assertThat(store.load(0, "b").parked())
                .extracting(ParkedBot::bot)
                .containsExactlyInAnyOrderElementsOf(lost.keySet());

        var next = new Owner(
                StoredRecords.fold(stored(restored), StoredRecords.CODEC).epoch() + 1);
        restored.add(next.claim());
        lost.forEach((bot, state) -> restored.add(
                next.record(bot, state.sequence() + AHEAD, new CheckpointTaken("the log lost its end", state))));
        fold("b", stored(restored), restored.size(), random);

        assertThat(store.load(0, "b").parked()).isEmpty();
        assertThat(known())
                .isEqualTo(byId(StoredRecords.fold(stored(restored), StoredRecords.CODEC)
                        .bots()));
    }

    /** Restored wholly, with more behind it: as if nothing had been, though it holds gaps and late writes of former owners. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void aLogThatWasRestoredWhollyIsGoneOnWith(long seed) {
        var random = new Random(seed);
        var entries = stored(RandomLog.of(random, LENGTH));
        var upTo = random.nextInt(LENGTH);
        fold("a", entries, upTo, random);
        var trades = store.trades().size();

        var news = anew("b", entries, upTo + random.nextInt(LENGTH - upTo), random);
        fold("b", entries, LENGTH, random);

        assertThat(lostIn(news)).isEmpty();
        var whole = StoredRecords.fold(entries, StoredRecords.CODEC);
        assertThat(known()).isEqualTo(byId(whole.bots()));
        assertThat(store.load(0, "b").epoch()).isEqualTo(whole.epoch());
        assertThat(store.trades()).as("each once").doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(trades);
        var beginning = new PartitionPosition("a", 0, 0, List.of());
        assertThat(store.trades())
                .containsExactlyInAnyOrderElementsOf(new PartitionProjection(0, beginning, StoredRecords.CODEC)
                        .fold(entries)
                        .trades());
    }

    private static List<ConsumerRecord<String, byte[]>> stored(List<LogRecord> entries) {
        return StoredRecords.from(0, entries.toArray(LogRecord[]::new));
    }

    private Map<BotId, BotState> known() {
        return byId(store.find(0).orElseThrow().bots());
    }

    private static Map<BotId, BotState> byId(List<BotState> states) {
        return states.stream().collect(Collectors.toMap(BotState::id, Function.identity()));
    }

    private static Map<BotId, BotState> lost(Map<BotId, BotState> before, Map<BotId, BotState> inLog) {
        var lost = new HashMap<BotId, BotState>();
        before.forEach((bot, state) -> {
            if (!inLog.containsKey(bot) || inLog.get(bot).sequence() < state.sequence()) {
                lost.put(bot, state);
            }
        });
        return lost;
    }

    private static Set<BotId> lostIn(List<Finding> news) {
        return news.stream()
                .filter(finding -> finding.kind() == FindingKind.LOST_END)
                .flatMap(finding -> Stream.ofNullable(finding.bot()))
                .collect(Collectors.toSet());
    }

    private List<Finding> anew(String topicId, List<ConsumerRecord<String, byte[]>> records, int end, Random random) {
        var news = new ArrayList<Finding>();
        begin(topicId, end);
        while (store.load(0, topicId).anew() != null) {
            if (random.nextInt(10) == 0) {
                begin(topicId, end); // a crash in the middle
            }
            news.addAll(batch(topicId, records, end, random));
        }
        return news;
    }

    private void begin(String topicId, int end) {
        store.beginAnew(0, store.find(0).orElseThrow(), topicId, end);
        projection = null;
    }

    private List<Finding> batch(String topicId, List<ConsumerRecord<String, byte[]>> records, int to, Random random) {
        var position = store.load(0, topicId);
        if (projection == null || (position.anew() == null && random.nextInt(3) == 0)) {
            projection = new PartitionProjection(0, position, StoredRecords.CODEC);
        }
        var from = (int) position.nextOffset();
        var until = Math.min(to, from + 1 + random.nextInt(60));
        return store.commit(List.of(projection.fold(records.subList(from, Math.max(from, until)))));
    }

    private void fold(String topicId, List<ConsumerRecord<String, byte[]>> records, int to, Random random) {
        projection = null;
        while (store.load(0, topicId).nextOffset() < to) {
            batch(topicId, records, to, random);
        }
    }
}
