package io.everstate.state.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.Owner;
import io.everstate.state.TestConfiguration;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.RandomLog;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.EventLogConfiguration;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.log.RecordMark;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.FleetPast.Pass;
import io.everstate.state.past.Then.NotYet;
import io.everstate.state.past.Then.Was;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with a plain fold of the whole log that remembers every state. */
class PastIT {
    private static final int RECORDS = 400;
    private static final int QUESTIONS = 100;
    private static final String TOPIC_ID = "topic";

    private record Scene(
            FoldStore store, Chronicle chronicle, Past past, FleetPast fleet, PartitionLog log, Random random) {
        BotId anyBot() {
            return List.copyOf(chronicle.bots())
                    .get(random.nextInt(chronicle.bots().size()));
        }

        Instant anyTime() {
            return Chronicle.BEGIN.plusSeconds(random.nextInt(RECORDS * 10) - 10);
        }

        RecordMark mark(long offset) {
            var found = new ArrayList<RecordMark>();
            log.read(0, offset, offset + 1, stored -> found.add(RecordMark.of(stored)));
            return found.getFirst();
        }
    }

    private static Scene scene(long seed) {
        var random = new Random(seed);
        var entries = RandomLog.of(random, RECORDS);
        var timed = Chronicle.timed(entries, 0, random);
        var database = TestDatabase.withTables();
        var store = FoldStores.of(database);
        var log = TestLog.fresh(1);
        log.write(0, timed);
        var chronicle = new Chronicle(timed, log.records(0), random);
        var records = StoredRecords.from(0, timed.toArray(LogRecord[]::new));
        store.commit(List.of(new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC).fold(records)));
        return scene(database, store, chronicle, log, random);
    }

    private static Scene scene(TestDatabase database, FoldStore store, Chronicle earlier, TestLog log, Random random) {
        var kafka = Map.<String, Object>of(
                "bootstrap.servers", TestPlatform.shared().kafka());
        var configuration =
                TestConfiguration.of(EventLogConfiguration.class, Map.of("everstate.log.topic", log.topic()));
        var present = new PresentBots(database.transactions(), TestJson.format());
        var reading = new PartitionLog(kafka, configuration);
        var settings = TestConfiguration.of(PastConfiguration.class, Map.of());
        return new Scene(
                store,
                earlier,
                new Past(present, earlier, reading, StoredRecords.CODEC, settings),
                new FleetPast(present, earlier, StoredRecords.CODEC, settings, database.transactions()),
                reading,
                random);
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
        assertThat(scene.chronicle().used())
                .as("questions answered from a kept state")
                .isPositive();
    }

    @Test
    void whoIsGoneByNowSaysNothingOfTheOthersOfItsPass() {
        var scene = scene(1);
        var bot = scene.anyBot();
        var pass = new Pass(0, List.of(Owner.newBot(), bot));
        var end = new CutPlace(TOPIC_ID, RECORDS, Instant.MAX);
        var from = Map.of(pass.bots().getFirst(), EarlierState.BEGIN, bot, EarlierState.BEGIN);

        assertThat(scene.fleet().at(pass, Chronicle.BEGIN, scene.log())).containsOnlyKeys(bot);
        assertThat(scene.fleet().before(pass, from, end, scene.log())).containsOnlyKeys(bot);
        assertThat(scene.fleet().topicIdOf(pass)).isEqualTo(TOPIC_ID);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void isForAllBotsTogetherWhatAPlainFoldSays(long seed) {
        var scene = scene(seed);
        var bots = scene.chronicle().bots();

        for (var question = 0; question < QUESTIONS / 4; question++) {
            var time = scene.anyTime();
            var before = scene.log().shown();
            var passes = scene.fleet().passes(bots);
            var found = new HashMap<BotId, Then>();
            passes.forEach(pass -> found.putAll(scene.fleet().at(pass, time, scene.log())));

            assertThat(passes)
                    .singleElement()
                    .satisfies(pass -> assertThat(pass.bots()).containsExactlyInAnyOrderElementsOf(bots));
            assertThat(scene.log().shown() - before).as("records read").isLessThanOrEqualTo(RECORDS);
            bots.forEach(bot -> requireAt(scene, bot, time, found.get(bot)));
        }
    }

    private static void requireAt(Scene scene, BotId bot, Instant time, @Nullable Then then) {
        var expected = scene.chronicle().last(bot, made -> !made.entry().time().isAfter(time));
        if (expected.isPresent()) {
            assertThat(then)
                    .as("%s at %s", bot, time)
                    .isInstanceOfSatisfying(
                            Was.class, was -> assertThat(was.found().state()).isEqualTo(expected.get()));
        } else {
            var first = scene.chronicle().made(bot).getFirst().entry().sequence();
            var made = scene.past().now(bot).lifecycle().createdAt();
            assertThat(then)
                    .as("%s at %s", bot, time)
                    .isInstanceOfSatisfying(
                            NotYet.class, none -> assertThat(none.born()).isEqualTo(first == 1 || made.isAfter(time)));
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

        for (var bot : scene.chronicle().bots()) {
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

    /** Behind what its bots are: the log would end before that. */
    @Test
    void isNotAnsweredWhileItsPartitionIsFoldedAnew() {
        var scene = scene(1);
        var store = scene.store();
        var bot = scene.anyBot();
        var now = scene.past().now(bot);
        var place = new CutPlace(TOPIC_ID, RECORDS, Chronicle.BEGIN);
        store.beginAnew(0, store.load(0, TOPIC_ID), TOPIC_ID, RECORDS);

        assertRefused(ProblemType.UNAVAILABLE, () -> scene.past().after(bot, 1));
        assertRefused(ProblemType.UNAVAILABLE, () -> scene.past().at(bot, Chronicle.BEGIN));
        assertRefused(ProblemType.UNAVAILABLE, () -> scene.past().events(bot, 0, 10));
        assertRefused(
                ProblemType.UNAVAILABLE,
                () -> scene.fleet()
                        .passes(List.of(bot))
                        .forEach(pass -> scene.fleet().at(pass, Chronicle.BEGIN, scene.log())));
        assertRefused(ProblemType.UNAVAILABLE, () -> scene.past().isOfTheLog(bot, TOPIC_ID, 0, null));
        assertRefused(ProblemType.UNAVAILABLE, () -> scene.past().before(bot, EarlierState.BEGIN, place));
        assertThat(scene.past().after(bot, now.sequence()).state()).isEqualTo(now);
    }

    @Test
    void aPlaceIsOneOfTheLogByTheRecordInFrontOfItAlone() {
        var scene = scene(1);
        var bot = scene.anyBot();
        var last = scene.mark(9);
        var another = new RecordMark(last.offset(), "of another record");

        assertThat(scene.past().isOfTheLog(bot, TOPIC_ID, 10, last)).isTrue();
        assertThat(scene.past().isOfTheLog(bot, TOPIC_ID, 10, another)).isFalse();
        assertThat(scene.past().isOfTheLog(bot, TOPIC_ID, 10, null)).isFalse();
        assertThat(scene.past().isOfTheLog(bot, "made anew", 10, last)).isFalse();
        assertThat(scene.past().isOfTheLog(bot, TOPIC_ID, RECORDS + 1, last))
                .as("beyond what is folded")
                .isFalse();
        assertThat(scene.past().isOfTheLog(bot, TOPIC_ID, 0, null))
                .as("the beginning")
                .isTrue();
    }

    private static void assertNotFound(Runnable question) {
        assertRefused(ProblemType.NOT_FOUND, question);
    }

    private static void assertRefused(ProblemType type, Runnable question) {
        assertThatThrownBy(question::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }
}
