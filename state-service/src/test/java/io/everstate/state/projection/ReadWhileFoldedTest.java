package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.Owner;
import io.everstate.state.SteppingClock;
import io.everstate.state.TestConfiguration;
import io.everstate.state.finding.Announcements;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.InMemoryFoldStore;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.LogTopic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From when to when a replica answers from what it has folded and not stored. */
class ReadWhileFoldedTest {
    private static final String TOPIC_ID = "topic-a";

    private final InMemoryFoldStore store = new InMemoryFoldStore();
    private final ProjectionStatus status = new ProjectionStatus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FoldsHere folds = new FoldsHere(StoredRecords.CODEC, List.of());
    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();
    private final AssignedPartitions partitions = new AssignedPartitions(
            store,
            folds,
            status,
            new ProjectionMetrics(meters, status),
            new Announcements(meters),
            new SteppingClock(),
            Runnable::run,
            TestConfiguration.of(ProjectionConfiguration.class, Map.of()));

    @BeforeEach
    void foldsSomethingThatIsNotStored() {
        takeUp(0);
        partitions.fold(0, StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot)));
    }

    /** @param end of the log */
    private void takeUp(long end) {
        partitions.assigned(0);
        partitions.load(0, new LogTopic(TOPIC_ID, 1), new PartitionEnd(end, () -> end, _ -> true));
    }

    /** The number of the bot's event up to which memory answers, as the store stands now; empty when the rows do. */
    private Optional<Long> read() {
        var stored = store.find(0).orElseThrow();
        return folds.having(bot)
                .flatMap(fold -> fold.find(bot, stored.nextOffset(), stored.revision()))
                .map(folded -> folded.state().sequence());
    }

    @Test
    void isReadAtOnce() {
        assertThat(read()).contains(2L);
        assertThat(store.find(0).orElseThrow().nextOffset()).isZero();
    }

    @Test
    void isReadNoMoreWhenThePartitionWasTakenAway() {
        partitions.released(0);

        assertThat(read()).isEmpty();
    }

    @Test
    void isReadNoMoreWhenTheMembershipHasEnded() {
        partitions.end();

        assertThat(read()).isEmpty();
    }

    /** What was folded and not stored is lost with the partition, and read again when the log is. */
    @Test
    void isReadAsItIsStoredWhenThePartitionIsTakenUpAgain() {
        partitions.write();
        partitions.fold(0, StoredRecords.from(3, owner.trade(bot, 3)));
        var before = read();

        takeUp(3);

        assertThat(before).contains(3L);
        assertThat(read()).contains(2L);
    }

    @Test
    void isReadOnWhileTheDatabaseDoesNotKeepIt() {
        store.away(true);
        assertThatThrownBy(partitions::write).isInstanceOf(ProblemException.class);
        store.away(false);

        assertThat(read()).contains(2L);
        partitions.write();
        assertThat(read()).contains(2L);
        assertThat(store.find(0).orElseThrow().nextOffset()).isEqualTo(3);
    }

    /** It learns of that only when it writes; the rows say it before. */
    @Test
    void isReadNoMoreWhenSomebodyElseWentOnWithThePartition() {
        var other = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        store.commit(List.of(other.fold(
                StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot), owner.trade(bot, 3)))));

        assertThat(read()).isEmpty();
        assertThatThrownBy(partitions::write).isInstanceOf(PartitionLostException.class);
        assertThat(read()).isEmpty();
    }

    @Test
    void isReadOnUpToTheRecordThatStopsItsPartition() {
        partitions.stop(0, "a test");

        assertThat(read()).contains(2L);
        partitions.write();
        assertThat(read()).contains(2L);
    }
}
