package io.everstate.state.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.TestConfiguration;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.RandomLog;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.EventLogConfiguration;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.past.FleetPast.Then;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with a plain fold of the whole log that remembers every state. */
class PastIT {
    private static final int RECORDS = 400;
    private static final int QUESTIONS = 100;
    private static final int CLOCKS_DIFFER_BY_SECONDS = 60;
    private static final String TOPIC_ID = "topic";
    private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00Z");

    /** What one event made, in the log's order. */
    private record Made(BotEventRecorded entry, BotState state) {}

    /** The fold in front of an offset. */
    private record Kept(long nextOffset, long epoch, Map<BotId, BotState> bots) {}

    /** Everything that ever was. */
    private static final class Chronicle implements EarlierStates {
        private final Map<BotId, List<Made>> made = new HashMap<>();
        private final List<Kept> kept = new ArrayList<>();
        private long used;

        Chronicle(List<LogRecord> entries, Random random) {
            var fold = new PartitionFold();
            for (var offset = 0; offset < entries.size(); offset++) {
                if (random.nextInt(40) == 0) {
                    var bots = new HashMap<BotId, BotState>();
                    fold.bots().forEach(bot -> bots.put(bot.id(), bot));
                    kept.add(new Kept(offset, fold.epoch(), bots));
                }
                if (fold.apply(entries.get(offset)) instanceof Applied(var state)
                        && entries.get(offset) instanceof BotEventRecorded entry) {
                    made.computeIfAbsent(state.id(), _ -> new ArrayList<>()).add(new Made(entry, state));
                }
            }
        }

        @Override
        public Optional<EarlierState> latest(Wanted wanted) {
            return kept.stream()
                    .filter(place -> !place.bots().containsKey(wanted.bot())
                            || wanted.early().test(place.bots().get(wanted.bot())))
                    .max(Comparator.comparingLong(Kept::nextOffset))
                    .map(place -> {
                        used++;
                        return new EarlierState(
                                place.nextOffset(), place.epoch(), place.bots().get(wanted.bot()));
                    });
        }

        List<Made> made(BotId bot) {
            return made.getOrDefault(bot, List.of());
        }

        Optional<BotState> last(BotId bot, Predicate<Made> early) {
            return made(bot).stream().filter(early).reduce((_, later) -> later).map(Made::state);
        }
    }

    private record Scene(Chronicle chronicle, Past past, FleetPast fleet, PartitionLog log, Random random) {
        BotId anyBot() {
            return List.copyOf(chronicle.made.keySet()).get(random.nextInt(chronicle.made.size()));
        }

        Instant anyTime() {
            return BEGIN.plusSeconds(random.nextInt(RECORDS * 10) - 10);
        }
    }

    private static Scene scene(long seed) {
        var random = new Random(seed);
        var entries = RandomLog.of(random, RECORDS);
        var timed = IntStream.range(0, entries.size())
                .mapToObj(offset -> at(
                        BEGIN.plusSeconds(offset * 10L + random.nextInt(CLOCKS_DIFFER_BY_SECONDS)),
                        entries.get(offset)))
                .toList();
        var chronicle = new Chronicle(timed, random);
        var database = TestDatabase.empty().migrated();
        var store = FoldStores.of(database);
        var log = TestLog.fresh(1);
        log.write(0, timed);
        var records = StoredRecords.from(0, timed.toArray(LogRecord[]::new));
        store.commit(List.of(new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC).fold(records)));
        return scene(database, chronicle, log, random);
    }

    private static Scene scene(TestDatabase database, Chronicle earlier, TestLog log, Random random) {
        var kafka = Map.<String, Object>of(
                "bootstrap.servers", TestPlatform.shared().kafka());
        var configuration =
                TestConfiguration.of(EventLogConfiguration.class, Map.of("everstate.log.topic", log.topic()));
        var present = new PresentBots(database.transactions(), TestJson.format());
        var reading = new PartitionLog(kafka, configuration);
        var settings = TestConfiguration.of(PastConfiguration.class, Map.of());
        return new Scene(
                earlier,
                new Past(present, earlier, reading, StoredRecords.CODEC, settings),
                new FleetPast(present, earlier, reading, StoredRecords.CODEC, settings, database.transactions()),
                reading,
                random);
    }

    private static LogRecord at(Instant time, LogRecord entry) {
        return entry instanceof BotEventRecorded event
                ? new BotEventRecorded(
                        event.id(),
                        time,
                        event.source(),
                        event.epoch(),
                        event.bot(),
                        event.sequence(),
                        event.idempotencyKey(),
                        event.traceparent(),
                        event.event())
                : entry;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void isAtAnyTimeWhatAPlainFoldSays(long seed) {
        var scene = scene(seed);

        for (var question = 0; question < QUESTIONS; question++) {
            var bot = scene.anyBot();
            var time = scene.anyTime();
            var expected =
                    scene.chronicle().last(bot, made -> !made.entry().time().isAfter(time));
            if (expected.isPresent()) {
                assertThat(scene.past().at(bot, time).state())
                        .as("%s at %s", bot, time)
                        .isEqualTo(expected.get());
            } else {
                assertNotFound(() -> scene.past().at(bot, time));
            }
        }
        assertThat(scene.chronicle().used)
                .as("questions answered from a kept state")
                .isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void isForAllBotsTogetherWhatAPlainFoldSays(long seed) {
        var scene = scene(seed);
        var bots = scene.chronicle().made.keySet();

        for (var question = 0; question < QUESTIONS / 4; question++) {
            var time = scene.anyTime();
            var before = scene.log().shown();
            var passes = scene.fleet().passes(bots);
            var found = new HashMap<BotId, Then>();
            passes.forEach(pass -> found.putAll(scene.fleet().at(pass, time)));

            assertThat(passes)
                    .singleElement()
                    .satisfies(pass -> assertThat(pass.bots()).containsExactlyInAnyOrderElementsOf(bots));
            assertThat(scene.log().shown() - before).as("records read").isLessThanOrEqualTo(RECORDS);
            bots.forEach(bot -> requireAt(scene, bot, time, found.get(bot)));
        }
    }

    /** @param then null when the bot is left to be asked alone */
    private static void requireAt(Scene scene, BotId bot, Instant time, @Nullable Then then) {
        var expected = scene.chronicle().last(bot, made -> !made.entry().time().isAfter(time));
        if (then == null) {
            assertThat(scene.past().foundAt(bot, time).from())
                    .as("it is as it was")
                    .isNull();
        } else if (expected.isPresent()) {
            assertThat(then.required().state()).as("%s at %s", bot, time).isEqualTo(expected.get());
        } else {
            assertNotFound(then::required);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void isAfterAnyEventWhatAPlainFoldSays(long seed) {
        var scene = scene(seed);

        for (var question = 0; question < QUESTIONS; question++) {
            var bot = scene.anyBot();
            var made = scene.chronicle().made(bot);
            var newest = made.getLast().state().sequence();
            var sequence = 1 + scene.random().nextLong(newest + 1);
            if (sequence > newest) {
                assertNotFound(() -> scene.past().after(bot, sequence));
            } else {
                assertThat(scene.past().after(bot, sequence).state())
                        .as("%s after %d", bot, sequence)
                        .isEqualTo(scene.chronicle()
                                .last(bot, one -> one.state().sequence() <= sequence)
                                .orElseThrow());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void listsTheEventsThatCountPageByPage(long seed) {
        var scene = scene(seed);

        for (var bot : scene.chronicle().made.keySet()) {
            var listed = new ArrayList<EventView>();
            for (String after = "0"; after != null; ) {
                var page = scene.past()
                        .events(bot, Long.parseLong(after), 1 + scene.random().nextInt(9));
                listed.addAll(page.items());
                after = page.next();
            }
            assertThat(listed)
                    .extracting(EventView::id)
                    .containsExactlyElementsOf(scene.chronicle().made(bot).stream()
                            .map(made -> made.entry().id())
                            .toList());
        }
    }

    private static void assertNotFound(Runnable question) {
        assertThatThrownBy(question::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
    }
}
