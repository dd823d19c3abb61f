package io.everstate.state.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import io.everstate.platform.testkit.LogEnd;
import io.everstate.state.TestConfiguration;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.RandomLog;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.EventLogConfiguration;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.past.Then.Was;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * States were kept of logs whose ends a broker's disk has lost; the logs have grown beyond those places by other events, and were folded anew.
 * Compares with a plain fold of each log that there is now. A seed a partition, on a platform of its own.
 */
@Tag("SF13")
class GrownLogPastIT {
    private static final int SEEDS = 6;
    private static final int RECORDS = 300;
    private static final int QUESTIONS = 12;
    private static final String TOPIC = "events";
    private static final String TOPIC_ID = "topic";

    @TempDir
    private static Path directory;

    private static ProcessPlatform platform;
    private static List<Scene> scenes;
    private static Asked asked;

    private record Asked(Past alone, FleetPast together, PartitionLog log) {}

    /** What was kept of the lost end is later than what was kept of the log that there is now, wherever the two meet. */
    private record Scene(int partition, Random random, Chronicle lost, Chronicle now, List<BotId> parked)
            implements EarlierStates {
        @Override
        public Optional<EarlierState> latest(Wanted wanted) {
            return Stream.of(lost.latest(wanted), now.latest(wanted))
                    .flatMap(Optional::stream)
                    .reduce((one, other) -> one.nextOffset() >= other.nextOffset() ? one : other);
        }

        /** Of the others more is known than the log leads to. */
        List<BotId> bots() {
            return now.bots().stream().filter(bot -> !parked.contains(bot)).toList();
        }
    }

    @BeforeAll
    static void loseTheEndsAndGrow() {
        platform = ProcessPlatform.start(
                PlatformOptions.in(directory).ports(Ports.free()).secrets(Secrets.generate()));
        var database = TestDatabase.withTables();
        var store = FoldStores.of(database);
        var randoms = IntStream.range(0, SEEDS).mapToObj(Random::new).toList();
        var written = new ArrayList<List<LogRecord>>();
        var lost = new ArrayList<Chronicle>();
        try (var log = TestLog.of(platform.kafka(), TOPIC, SEEDS)) {
            for (var partition = 0; partition < SEEDS; partition++) {
                var random = randoms.get(partition);
                var entries = Chronicle.timed(RandomLog.of(random, RECORDS), 0, random);
                writeInBatches(log, partition, entries, random);
                var stored = log.records(partition);
                written.add(entries);
                lost.add(new Chronicle(entries, stored, random));
                store.load(partition, TOPIC_ID);
                fold(store, partition, stored);
            }
        }
        platform.kill();
        for (var partition = 0; partition < SEEDS; partition++) {
            LogEnd.cut(directory, TOPIC, partition, 20 + randoms.get(partition).nextInt(RECORDS - 40));
        }
        platform.restart();
        scenes = new ArrayList<>();
        try (var log = TestLog.of(platform.kafka(), TOPIC, SEEDS)) {
            for (var partition = 0; partition < SEEDS; partition++) {
                var random = randoms.get(partition);
                var now = goneOn(log, partition, written.get(partition), random);
                scenes.add(new Scene(partition, random, lost.get(partition), now, foldedAnew(store, log, partition)));
            }
        }
        asked = asked(database);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** A log is cut between batches. */
    private static void writeInBatches(TestLog log, int partition, List<LogRecord> entries, Random random) {
        for (int from = 0, to; from < entries.size(); from = to) {
            to = Math.min(entries.size(), from + 1 + random.nextInt(10));
            log.write(partition, entries.subList(from, to));
        }
    }

    private static Chronicle goneOn(TestLog log, int partition, List<LogRecord> written, Random random) {
        var kept = written.subList(0, log.records(partition).size());
        assertThat(kept).hasSizeBetween(1, RECORDS - 1);
        var more = RandomLog.goneOn(random, kept, RECORDS + 100);
        var entries = new ArrayList<>(kept);
        // what comes behind a loss is written later than what was lost
        entries.addAll(Chronicle.timed(more.subList(kept.size(), more.size()), RECORDS, random));
        log.write(partition, entries.subList(kept.size(), entries.size()));
        return new Chronicle(entries, log.records(partition), random);
    }

    private static List<BotId> foldedAnew(FoldStore store, TestLog log, int partition) {
        var stored = log.records(partition);
        store.beginAnew(partition, store.find(partition).orElseThrow(), TOPIC_ID, stored.size());
        fold(store, partition, stored);
        return store.find(partition).orElseThrow().parked().stream()
                .map(ParkedBot::bot)
                .toList();
    }

    private static void fold(FoldStore store, int partition, List<ConsumerRecord<String, byte[]>> stored) {
        var position = store.find(partition).orElseThrow();
        store.commit(List.of(new PartitionProjection(partition, position, StoredRecords.CODEC).fold(stored)));
    }

    private static Asked asked(TestDatabase database) {
        var configuration = TestConfiguration.of(EventLogConfiguration.class, Map.of("everstate.log.topic", TOPIC));
        var log = new PartitionLog(Map.of("bootstrap.servers", platform.kafka()), configuration);
        var settings = TestConfiguration.of(PastConfiguration.class, Map.of());
        var present = new PresentBots(database.transactions(), TestJson.format());
        EarlierStates earlier = wanted -> scenes.get(wanted.partition()).latest(wanted);
        return new Asked(
                new Past(present, earlier, log, StoredRecords.CODEC, settings),
                new FleetPast(present, earlier, StoredRecords.CODEC, settings, database.transactions()),
                log);
    }

    private static Stream<Integer> seeds() {
        return IntStream.range(0, SEEDS).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isAfterAnyEventWhatAPlainFoldOfTheLogThatThereIsSays(int seed) {
        var scene = scenes.get(seed);
        for (var bot : scene.bots()) {
            for (var made : scene.now().made(bot)) {
                var sequence = made.state().sequence();
                assertThat(asked.alone().after(bot, sequence).state())
                        .as("%s after %d", bot, sequence)
                        .isEqualTo(scene.now()
                                .last(bot, one -> one.state().sequence() <= sequence)
                                .orElseThrow());
            }
        }
        assertThat(scene.lost().used())
                .as("places of the lost log that were tried")
                .isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isAtAnyTimeWhatAPlainFoldOfTheLogThatThereIsSaysAlsoOfAllTogether(int seed) {
        var scene = scenes.get(seed);
        for (var question = 0; question < QUESTIONS; question++) {
            var time = Chronicle.BEGIN.plusSeconds(scene.random().nextInt(RECORDS * 20));
            var together = new HashMap<BotId, Then>();
            asked.together()
                    .passes(scene.bots())
                    .forEach(pass -> together.putAll(asked.together().at(pass, time, asked.log())));
            for (var bot : scene.bots()) {
                var expected =
                        scene.now().last(bot, made -> !made.entry().time().isAfter(time));
                assertThat(alone(bot, time)).as("%s at %s", bot, time).isEqualTo(expected);
                assertThat(state(together.get(bot)))
                        .as("%s together at %s", bot, time)
                        .isEqualTo(expected);
            }
        }
    }

    private static Optional<BotState> state(@Nullable Then then) {
        return then instanceof Was(var found) ? Optional.of(found.state()) : Optional.empty();
    }

    private static Optional<BotState> alone(BotId bot, Instant time) {
        try {
            return Optional.of(asked.alone().at(bot, time).state());
        } catch (ProblemException e) {
            assertThat(e.type()).isEqualTo(ProblemType.NOT_FOUND);
            return Optional.empty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void listsTheEventsOfTheLogThatThereIs(int seed) {
        var scene = scenes.get(seed);
        for (var bot : scene.bots()) {
            var made = scene.now().made(bot);
            for (var begin = 0; begin < made.size(); begin += 7) {
                var after = begin == 0 ? 0 : made.get(begin - 1).state().sequence();

                assertThat(asked.alone().events(bot, after, made.size()).items())
                        .extracting(EventView::id)
                        .containsExactlyElementsOf(made.subList(begin, made.size()).stream()
                                .map(one -> one.entry().id())
                                .toList());
            }
        }
    }
}
