package io.everstate.state.awaiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.ManyBots;
import io.everstate.state.Owner;
import io.everstate.state.TestConfiguration;
import io.everstate.state.TestDatabase;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AwaitedEventsIT {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Owner OWNER = new Owner(1);
    private static final BotId BOT = Owner.newBot();
    private static final PartitionPosition BEGINNING = new PartitionPosition("topic", 0, 0, List.of());

    private final TestDatabase database = TestDatabase.withTables();

    private AwaitedEvents events(Duration deadline, Duration look) {
        var values = Map.of(
                "everstate.query.await-deadline", deadline.toMillis() + "ms",
                "everstate.query.await-look", look.toMillis() + "ms");
        return new AwaitedEvents(database.transactions(), TestConfiguration.of(AwaitingConfiguration.class, values));
    }

    private static CompletableFuture<Void> waitFor(AwaitedEvents events, BotId bot, long sequence) {
        return CompletableFuture.runAsync(
                () -> events.await(bot, sequence), Executors.newVirtualThreadPerTaskExecutor());
    }

    /** What a replica commits when this bot has traded once. */
    private static FoldedBatch traded() {
        var projection = new PartitionProjection(0, BEGINNING, StoredRecords.CODEC);
        return projection.fold(
                StoredRecords.from(0, OWNER.claim(), OWNER.created(BOT), OWNER.started(BOT), OWNER.trade(BOT, 3)));
    }

    @Test
    void areWokenByWhatThisReplicaCommits() throws Exception {
        var events = events(PATIENCE, NEVER);
        var waiting = waitFor(events, BOT, 3);

        while (!waiting.isDone()) {
            events.committed(List.of(traded())); // again, for it may not have waited yet
        }

        assertThat(waiting.get(1, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void areWokenByWhatThisReplicaFoldsWhenNoRowIsNeeded() throws Exception {
        var events = events(PATIENCE, NEVER);
        var folds = new FoldsHere(StoredRecords.CODEC, List.of(events));
        folds.begin(0, BEGINNING).add(StoredRecords.from(0, OWNER.claim(), OWNER.created(BOT), OWNER.started(BOT)));
        var waiting = CompletableFuture.runAsync(
                () -> events.awaitFolded(BOT, 2, () -> 0, events.deadline()),
                Executors.newVirtualThreadPerTaskExecutor());

        while (!waiting.isDone()) {
            folds.folded(0, Set.of(BOT)); // again, for it may not have waited yet
        }

        assertThat(waiting.get(1, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void areThereWhenTheyWereFoldedHereBeforeAndNoRowIsNeeded() {
        var events = events(Duration.ofMillis(1), NEVER);

        events.awaitFolded(BOT, 3, () -> 3, events.deadline());
    }

    /** A list, the trades and the past are made of rows. */
    @Test
    void areNotThereForWhoNeedsARowWhenTheyAreOnlyFolded() {
        var events = events(Duration.ofMillis(300), NEVER);
        var folds = new FoldsHere(StoredRecords.CODEC, List.of(events));
        folds.begin(0, BEGINNING).add(StoredRecords.from(0, OWNER.claim(), OWNER.created(BOT), OWNER.started(BOT)));
        var waiting = waitFor(events, BOT, 2);

        while (!waiting.isDone()) {
            folds.folded(0, Set.of(BOT));
        }

        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void areSeenWhenAnotherReplicaCommitsThem() throws Exception {
        var events = events(PATIENCE, SOON);
        var bots = new ManyBots(database).fill(1, 0);
        var bot = BotId.of(bots.ids("id").getFirst());
        var waiting = waitFor(events, bot, 5);
        events.await(bot, 4);

        bots.reaches(bot.toString(), 5);

        assertThat(waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
    }

    @Test
    void areThereAtOnceWhenTheyWereFoldedBefore() {
        var bots = new ManyBots(database).fill(1, 0);
        var events = events(Duration.ofMillis(1), NEVER);

        events.await(BotId.of(bots.ids("id").getFirst()), 4);
    }

    @Test
    void areUnavailableWhenTheyDoNotCome() {
        var events = events(Duration.ofMillis(60), SOON);

        assertThatThrownBy(() -> events.await(BOT, 3))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE))
                .hasMessage("event 3 of bot " + BOT + " was not folded within 60 ms");
    }

    @Test
    void ofBotsThatDidNotMoveAreNotLookedFor() {
        var events = events(Duration.ofMillis(300), NEVER);
        var folds = new FoldsHere(StoredRecords.CODEC, List.of(events));
        folds.begin(0, BEGINNING).add(StoredRecords.from(0, OWNER.claim(), OWNER.created(BOT), OWNER.started(BOT)));
        var waiting = CompletableFuture.runAsync(
                () -> events.awaitFolded(BOT, 2, () -> 0, events.deadline()),
                Executors.newVirtualThreadPerTaskExecutor());

        while (!waiting.isDone()) {
            folds.folded(0, Set.of(Owner.newBot()));
        }

        assertThat(waiting).isCompletedExceptionally();
    }

    /** Who has waited until an event was folded, and then needs its row. */
    @Test
    void haveOneDeadlineHoweverOftenTheyAreWaitedFor() {
        var events = events(NEVER, NEVER);
        var over = Deadline.in(Duration.ZERO);

        assertThatThrownBy(() -> events.await(BOT, 3, over)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> events.awaitFolded(BOT, 3, () -> 0, over)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatWasShownOfABotIsNotDeniedBeforeItIsStored() throws Exception {
        var events = events(PATIENCE, NEVER);
        var store = FoldStores.of(database.transactions());
        var folds = new FoldsHere(StoredRecords.CODEC, List.of(events));
        var shown = new ShownBots(folds, events);
        var projection = folds.begin(0, store.load(0, "topic"));
        projection.add(StoredRecords.from(0, OWNER.claim(), OWNER.created(BOT)));
        var asked = new CountDownLatch(1);
        var rows = (Supplier<Optional<Long>>) () -> {
            asked.countDown();
            return store.find(0)
                    .flatMap(position ->
                            position.bots().stream().map(BotState::sequence).findFirst());
        };
        var found =
                CompletableFuture.supplyAsync(() -> shown.find(BOT, rows), Executors.newVirtualThreadPerTaskExecutor());
        asked.await(); // and found nothing

        var batch = projection.take();
        store.commit(List.of(batch));
        while (!found.isDone()) {
            events.committed(List.of(batch)); // again, for it may not have waited yet
        }

        assertThat(found.get()).contains(1L);
    }

    @Test
    void whatWasShownOfABotIsUnavailableUntilItIsStored() {
        var events = events(Duration.ofMillis(100), SOON);
        var store = FoldStores.of(database.transactions());
        var folds = new FoldsHere(StoredRecords.CODEC, List.of(events));
        folds.begin(0, store.load(0, "topic")).add(StoredRecords.from(0, OWNER.claim(), OWNER.created(BOT)));

        assertThatThrownBy(() -> new ShownBots(folds, events).find(BOT, Optional::empty))
                .isInstanceOf(ProblemException.class)
                .hasMessage("what partition 0 has in front of offset 2 was not stored within 100 ms");
        assertThat(new ShownBots(folds, events).find(Owner.newBot(), Optional::empty))
                .as("a bot of which nothing was shown")
                .isEmpty();
    }
}
