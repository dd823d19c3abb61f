package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.Owner;
import io.everstate.state.SteppingClock;
import io.everstate.state.TestConfiguration;
import io.everstate.state.finding.Announcements;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.InMemoryFoldStore;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.LogTopic;
import io.everstate.state.log.RecordMark;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions between their assignment and their release, without a consumer. */
class AssignedPartitionsTest {
    private static final String TOPIC_ID = "topic-a";

    private final InMemoryFoldStore store = new InMemoryFoldStore();
    private final ProjectionStatus status = new ProjectionStatus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();
    private final SteppingClock clock = new SteppingClock();

    private AssignedPartitions partitions(WritingThread thread) {
        return partitions(thread, Map.of());
    }

    private AssignedPartitions partitions(WritingThread thread, Map<String, String> settings) {
        return new AssignedPartitions(
                store,
                new FoldsHere(StoredRecords.CODEC, List.of()),
                status,
                new ProjectionMetrics(meters, status),
                new Announcements(meters),
                clock,
                thread,
                TestConfiguration.of(ProjectionConfiguration.class, settings));
    }

    @Test
    void foldsATopicThatWasMadeAnewFromItsStartBehindWhatIsKnown() {
        store.load(0, "topic-before");
        var known = new PartitionProjection(0, store.load(0, "topic-before"), StoredRecords.CODEC);
        store.commit(List.of(known.fold(StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot)))));
        var partitions = partitions(Runnable::run);
        partitions.assigned(0);

        var offset = partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(2, () -> 2, _ -> true));
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot)));
        partitions.write();

        assertThat(offset).isZero();
        var position = store.load(0, TOPIC_ID);
        assertThat(position.topicId()).isEqualTo(TOPIC_ID);
        assertThat(position.nextOffset()).isEqualTo(2);
        assertThat(position.anew()).isNull();
        assertThat(position.bots()).extracting(BotState::sequence).containsExactly(2L);
        assertThat(position.parked()).extracting(ParkedBot::bot).containsExactly(bot);
        assertThat(meters.counter("everstate.findings", "kind", "lost-end").count())
                .isEqualTo(1);
    }

    @Test
    void seesWhatAnEmptyLogHasLostAtOnce() {
        var known = new PartitionProjection(0, store.load(0, "topic-before"), StoredRecords.CODEC);
        store.commit(List.of(known.fold(StoredRecords.from(0, owner.claim(), owner.created(bot)))));
        var partitions = partitions(Runnable::run);
        partitions.assigned(0);

        partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(0, () -> 0, _ -> true));
        partitions.write();

        assertThat(store.load(0, TOPIC_ID).parked())
                .extracting(ParkedBot::isLost)
                .containsExactly(true);
        assertThat(partitions.reading()).containsExactly(0);
    }

    /** As nobody could tell by the offsets: it was cut and written on while nobody folded. */
    @Test
    void foldsALogThatLostItsEndAndGrewAgainFromItsStart() {
        var known = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var folded = StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot), owner.trade(bot, 3));
        store.commit(List.of(known.fold(folded)));
        var next = new Owner(2);
        var grown = StoredRecords.from(0, owner.claim(), owner.created(bot), next.claim(), next.claim(), next.claim());
        var partitions = partitions(Runnable::run);
        partitions.assigned(0);

        var end = new PartitionEnd(5, () -> 5, RecordMark.of(grown.get(3))::equals);
        var offset = partitions.load(0, new LogTopic(TOPIC_ID, 1), end);
        partitions.fold(0, grown);
        partitions.write();

        assertThat(offset).isZero();
        assertThat(store.load(0, TOPIC_ID).parked()).extracting(ParkedBot::bot).containsExactly(bot);
        assertThat(store.findings().keySet())
                .extracting(Finding::kind)
                .containsExactlyInAnyOrder(FindingKind.LOG_ANEW, FindingKind.LOST_END);
    }

    @Test
    void goesOnWhereTheRecordThatWasFoldedLastIsThere() {
        var known = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var folded = StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot));
        store.commit(List.of(known.fold(folded.subList(0, 2))));
        var partitions = partitions(Runnable::run);
        partitions.assigned(0);

        var end = new PartitionEnd(3, () -> 3, RecordMark.of(folded.get(1))::equals);
        var offset = partitions.load(0, new LogTopic(TOPIC_ID, 1), end);

        assertThat(offset).isEqualTo(2);
        assertThat(store.load(0, TOPIC_ID).anew()).isNull();
    }

    /** Another replica may have folded on between the question to the log and that to the database. */
    @Test
    void asksTheLogAgainBeforeItTakesItForAnother() {
        var known = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        store.commit(List.of(known.fold(StoredRecords.from(0, owner.claim(), owner.created(bot)))));
        var partitions = partitions(Runnable::run);
        partitions.assigned(0);

        var offset = partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(1, () -> 2, _ -> true));

        assertThat(offset).isEqualTo(2);
        assertThat(store.load(0, TOPIC_ID).anew()).isNull();
    }

    @Test
    void foldsOnWhileATransactionIsOnItsWay() {
        var begun = new ArrayDeque<Runnable>();
        var partitions = partitions(begun::add);
        partitions.assigned(0);
        partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(0, () -> 0, _ -> true));
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot)));
        partitions.write();

        partitions.fold(0, StoredRecords.from(2, owner.started(bot)));
        partitions.write();
        partitions.fold(0, StoredRecords.from(3, owner.trade(bot, 3)));
        var transactions = begun.size();
        begun.remove().run();
        partitions.write();
        begun.remove().run();
        partitions.write();

        assertThat(transactions).isEqualTo(1);
        assertThat(begun).isEmpty();
        assertThat(store.load(0, TOPIC_ID).nextOffset()).isEqualTo(4);
        assertThat(store.trades()).hasSize(1);
    }

    @Test
    @Timeout(20)
    void givesAPartitionUpBehindWhatIsBeingWritten() {
        try (var thread = Executors.newSingleThreadExecutor()) {
            var partitions = writing(thread);

            partitions.released(0);

            assertThat(store.load(0, TOPIC_ID).nextOffset()).isEqualTo(2);
            assertThat(partitions.reading()).isEmpty();
        }
    }

    @Test
    @Timeout(20)
    void endsBehindWhatIsBeingWritten() {
        try (var thread = Executors.newSingleThreadExecutor()) {
            var partitions = writing(thread);

            partitions.end();

            assertThat(store.load(0, TOPIC_ID).nextOffset()).isEqualTo(2);
        }
    }

    /** Whose two records come into the store after a while. */
    private AssignedPartitions writing(Executor thread) {
        var holds = new CountDownLatch(1);
        var partitions = partitions(work -> thread.execute(() -> {
            awaitUninterruptibly(holds);
            work.run();
        }));
        partitions.assigned(0);
        partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(0, () -> 0, _ -> true));
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot)));
        partitions.write();
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(holds::countDown);
        return partitions;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isNotWellBeforeWhatCouldNotBeWrittenIs() {
        var begun = new ArrayDeque<Runnable>();
        var partitions = partitions(begun::add);
        partitions.assigned(0);
        partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(0, () -> 0, _ -> true));
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot)));
        partitions.write();
        store.away(true);
        begun.remove().run();
        store.away(false);
        assertThatThrownBy(partitions::write).isInstanceOf(ProblemException.class);

        partitions.write();
        var whileItIsTriedAgain = partitions.troubled();
        var readMeanwhile = partitions.reading();
        begun.remove().run();
        partitions.write();

        assertThat(whileItIsTriedAgain).isTrue();
        assertThat(readMeanwhile).isEmpty();
        assertThat(partitions.troubled()).isFalse();
        assertThat(partitions.reading()).containsExactly(0);
    }

    /** As one that was frozen: the database has hung up, and the group has moved the partition. */
    @Test
    void goesOnWithOthersWhenWhatCouldNotBeWrittenConcernsItNoMore() {
        var partitions = partitions(Runnable::run);
        partitions.assigned(0);
        partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(0, () -> 0, _ -> true));
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot)));
        store.away(true);
        assertThatThrownBy(partitions::write).isInstanceOf(ProblemException.class);
        store.away(false);

        partitions.released(0);
        partitions.assigned(1);
        partitions.load(1, new LogTopic(TOPIC_ID, 1), new PartitionEnd(0, () -> 0, _ -> true));
        partitions.write();

        assertThat(partitions.troubled()).isFalse();
        assertThat(partitions.reading()).containsExactly(1);
        assertThat(store.load(0, TOPIC_ID).nextOffset()).as("not tried again").isZero();
    }

    /** The log may not have them any more. */
    @Test
    void writesWhatWasFoldedInFrontOfWhatStopsAPartition() {
        var partitions = partitions(Runnable::run);
        partitions.assigned(0);
        partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(0, () -> 0, _ -> true));
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot)));

        partitions.stop(0, "a test");
        partitions.write();

        assertThat(store.load(0, TOPIC_ID).nextOffset()).isEqualTo(2);
        assertThat(status.stopped()).containsOnlyKeys(0);
    }

    /** Partition 0 is far behind and waits until a transaction is full, 1 is not. */
    private AssignedPartitions behind(ArrayDeque<Runnable> begun) {
        var partitions = partitions(begun::add, Map.of("everstate.projection.max-records", "3"));
        for (var partition : List.of(0, 1)) {
            partitions.assigned(partition);
            partitions.load(partition, new LogTopic(TOPIC_ID, 2), new PartitionEnd(0, () -> 0, _ -> true));
        }
        return partitions;
    }

    @Test
    void writesWhatIsLiveWithoutWaitingForWhatIsFarBehind() {
        var begun = new ArrayDeque<Runnable>();
        var partitions = behind(begun);
        partitions.fold(0, StoredRecords.from(0, owner.claim()));
        partitions.fold(1, List.of(StoredRecords.of(1, 0, owner.claim())));

        partitions.writeBeside(Set.of(0));
        begun.remove().run();
        partitions.writeBeside(Set.of(0));

        assertThat(store.load(1, TOPIC_ID).nextOffset()).isEqualTo(1);
        assertThat(store.load(0, TOPIC_ID).nextOffset()).isZero();
        assertThat(begun).as("nothing is worth a transaction").isEmpty();
    }

    @Test
    void whatIsLiveAndWhatIsFarBehindAreWrittenInTurn() {
        var begun = new ArrayDeque<Runnable>();
        var partitions = behind(begun);
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot)));
        partitions.fold(1, List.of(StoredRecords.of(1, 0, owner.claim())));
        partitions.writeBeside(Set.of(0));
        partitions.fold(1, List.of(StoredRecords.of(1, 1, owner.claim())));
        begun.remove().run();
        var afterOne = List.of(
                store.load(0, TOPIC_ID).nextOffset(), store.load(1, TOPIC_ID).nextOffset());

        partitions.writeBeside(Set.of(0));
        begun.remove().run();

        assertThat(afterOne).containsExactly(0L, 1L);
        assertThat(store.load(0, TOPIC_ID).nextOffset()).isEqualTo(3);
        assertThat(store.load(1, TOPIC_ID).nextOffset()).isEqualTo(2);
    }

    /** Else a database that stands still would fill the heap with what is live. */
    @Test
    void isOverfullWithTwiceOfWhatATransactionMayHave() {
        var partitions = behind(new ArrayDeque<>());
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot)));
        var before = partitions.overfull();

        partitions.fold(
                1,
                List.of(
                        StoredRecords.of(1, 0, owner.claim()),
                        StoredRecords.of(1, 1, owner.claim()),
                        StoredRecords.of(1, 2, owner.claim())));

        assertThat(partitions.full()).isTrue();
        assertThat(before).isFalse();
        assertThat(partitions.overfull()).isTrue();
    }

    @Test
    void foldsNoMoreThanATransactionMayHaveBehindTheOneOnItsWay() {
        var begun = new ArrayDeque<Runnable>();
        var partitions = partitions(begun::add, Map.of("everstate.projection.max-records", "2"));
        partitions.assigned(0);
        partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(0, () -> 0, _ -> true));
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot)));
        partitions.write();

        var before = partitions.full();
        partitions.fold(0, StoredRecords.from(2, owner.started(bot), owner.trade(bot, 3)));

        assertThat(before).isFalse();
        assertThat(partitions.full()).isTrue();
    }

    @Test
    void whatComesRightBehindALongTransactionIsWrittenLaterUnlessThereIsMuch() {
        WritingThread slow = work -> {
            clock.advance(Duration.ofMillis(100));
            work.run();
        };
        var partitions = partitions(slow, Map.of("everstate.projection.max-records", "3"));
        partitions.assigned(0);
        partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(8, () -> 8, _ -> true));
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot)));
        partitions.write();

        partitions.fold(0, StoredRecords.from(2, owner.started(bot)));
        partitions.write();
        assertThat(store.load(0, TOPIC_ID).nextOffset()).isEqualTo(2);
        assertThat(partitions.waitsForWriter()).isTrue();

        partitions.fold(0, StoredRecords.from(3, owner.trade(bot, 3), owner.trade(bot, 4)));
        partitions.write();
        assertThat(store.load(0, TOPIC_ID).nextOffset()).isEqualTo(5);

        partitions.fold(0, StoredRecords.from(5, owner.trade(bot, 5)));
        clock.advance(Duration.ofMillis(100));
        partitions.write();
        assertThat(store.load(0, TOPIC_ID).nextOffset()).isEqualTo(6);
    }
}
