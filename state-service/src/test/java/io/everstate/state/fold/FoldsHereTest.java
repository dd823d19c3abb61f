package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.state.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read of partitions while they are folded. */
class FoldsHereTest {
    private static final PartitionPosition BEGINNING = new PartitionPosition("topic", 0, 0, List.of());

    private final List<Long> heard = new ArrayList<>();
    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();
    private final FoldsHere folds = new FoldsHere(
            StoredRecords.CODEC, List.of((fold, moved) -> moved.forEach(one -> heard.add(fold.sequence(one)))));

    /** As it is when the rows are at that offset, on the states of the beginning. */
    private Optional<FoldedBot> read(long stored) {
        return folds.having(bot).flatMap(fold -> fold.find(bot, stored, 0));
    }

    private Optional<Long> sequence(long stored) {
        return read(stored).map(folded -> folded.state().sequence());
    }

    @Test
    void isReadBeforeItIsStored() {
        var projection = folds.begin(0, BEGINNING);

        var moved = projection.add(StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot)));
        folds.folded(0, moved);

        assertThat(sequence(0)).contains(2L);
        assertThat(folds.sequence(bot)).isEqualTo(2);
        assertThat(heard).containsExactly(2L);
    }

    @Test
    void isReadAsItIsWhileMoreIsFolded() {
        var projection = folds.begin(0, BEGINNING);
        projection.add(StoredRecords.from(0, owner.claim(), owner.created(bot)));
        var before = read(0);

        projection.take();
        projection.add(StoredRecords.from(2, owner.started(bot)));

        assertThat(before)
                .hasValueSatisfying(
                        folded -> assertThat(folded.state().sequence()).isEqualTo(1));
        assertThat(sequence(2)).contains(2L);
    }

    /** Another replica went on with the partition, and this one does not know yet. */
    @Test
    void isNotReadWhereTheRowsAreFurther() {
        var projection = folds.begin(0, BEGINNING);
        projection.add(StoredRecords.from(0, owner.claim(), owner.created(bot)));

        assertThat(sequence(2)).contains(1L);
        assertThat(sequence(3)).isEmpty();
    }

    /** A rebuild was switched, or parked bots were taken up again. */
    @Test
    void isNotReadWhereTheRowsAreOfOtherStates() {
        var projection = folds.begin(0, BEGINNING);
        projection.add(StoredRecords.from(0, owner.claim(), owner.created(bot)));

        assertThat(folds.having(bot).flatMap(fold -> fold.find(bot, 0, 1))).isEmpty();
    }

    @Test
    void isNotReadWhenItsPartitionIsFoldedHereNoMore() {
        folds.begin(0, BEGINNING).add(StoredRecords.from(0, owner.claim(), owner.created(bot)));
        folds.begin(1, BEGINNING);

        folds.end(0);
        folds.folded(0, Set.of(bot));

        assertThat(folds.having(bot)).isEmpty();
        assertThat(folds.sequence(bot)).isZero();
        assertThat(heard).isEmpty();
    }

    /** Whose it is only the rows know: it is of the partition that wrote it first. */
    @Test
    void isNotReadWhenItStandsInTwoPartitions() {
        folds.begin(0, BEGINNING).add(StoredRecords.from(0, owner.claim(), owner.created(bot)));
        folds.begin(1, BEGINNING)
                .add(List.of(StoredRecords.of(1, 0, owner.claim()), StoredRecords.of(1, 1, owner.created(bot))));

        assertThat(folds.having(bot)).isEmpty();
    }

    @Test
    void isSaidToBeParkedAndToBeFollowedAgainBeforeThatIsStored() {
        var projection = folds.begin(0, BEGINNING);
        projection.add(StoredRecords.from(0, owner.claim(), owner.created(bot)));
        var followed = read(0);
        projection.add(List.of(StoredRecords.strange(2, owner, bot, 2)));
        var parked = read(0);
        var known = followed.orElseThrow().state();

        projection.add(StoredRecords.from(3, owner.record(bot, 5, new CheckpointTaken("restored", known))));

        assertThat(followed)
                .hasValueSatisfying(folded -> assertThat(folded.parked()).isNull());
        assertThat(parked).hasValueSatisfying(folded -> {
            assertThat(folded.state().sequence()).isEqualTo(1);
            assertThat(folded.parked())
                    .isNotNull()
                    .extracting(one -> one.parking().offset())
                    .isEqualTo(2L);
        });
        assertThat(read(0)).hasValueSatisfying(folded -> {
            assertThat(folded.state().sequence()).isEqualTo(5);
            assertThat(folded.parked()).isNull();
        });
    }

    @Test
    void isParkedAsItWasWhenThePartitionIsTakenUp() {
        var before = new PartitionProjection(0, BEGINNING, StoredRecords.CODEC);
        before.add(StoredRecords.from(0, owner.claim(), owner.created(bot)));
        before.add(List.of(StoredRecords.strange(2, owner, bot, 2)));
        var batch = before.take();

        folds.begin(
                0,
                new PartitionPosition(
                        "topic", 3, 1, batch.bots(), before.parked(), Map.of(), 0, null, 0, batch.last()));

        assertThat(read(3))
                .hasValueSatisfying(folded -> assertThat(folded.parked())
                        .isNotNull()
                        .extracting(ParkedBot::bot)
                        .isEqualTo(bot));
    }

    /** Until then the fold is behind what is known. */
    @Test
    void isNotReadWhileTheLogIsFoldedAnewAndThenWithWhatItLost() {
        var before = new PartitionProjection(0, BEGINNING, StoredRecords.CODEC);
        var known = before.fold(StoredRecords.from(0, owner.claim(), owner.created(bot), owner.started(bot)));
        var anew = new FoldedAnew(2, Instant.EPOCH, Set.of());
        var projection = folds.begin(
                0, new PartitionPosition("other", 0, 0, known.bots(), List.of(), Map.of(), 0, anew, 0, null));
        projection.add(StoredRecords.from(0, owner.claim(), owner.created(bot)));
        var behind = folds.having(bot);

        projection.take();

        assertThat(behind).isEmpty();
        assertThat(read(0)).hasValueSatisfying(folded -> {
            assertThat(folded.state().sequence()).isEqualTo(2);
            assertThat(folded.parked()).isNotNull().matches(ParkedBot::isLost);
        });
    }
}
