package io.everstate.state.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FleetFiguresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Owner OWNER = new Owner(1);
    private static final BotId BOT = Owner.newBot();

    private final FleetFigures fleet = new FleetFigures(Duration.ZERO);

    private static PartitionPosition position(long offset, long revision, List<BotState> bots) {
        return new PartitionPosition("topic", offset, 1, bots, List.of(), Map.of(), 0, null, revision, null);
    }

    /** What a replica commits that goes on from there. */
    private static FoldedBatch batch(int partition, PartitionPosition from, LogRecord... entries) {
        return new PartitionProjection(partition, from, StoredRecords.CODEC)
                .fold(StoredRecords.from(from.nextOffset(), entries));
    }

    private static FoldedBatch born(int partition) {
        return batch(partition, position(0, 0, List.of()), OWNER.claim(), OWNER.created(BOT), OWNER.started(BOT));
    }

    private static FoldedBatch traded(FoldedBatch before, long sequence) {
        return batch(
                before.partition(),
                position(before.end(), before.revision(), before.bots()),
                OWNER.trade(BOT, sequence));
    }

    private Optional<List<Long>> trades(int partition, long offset, long revision) {
        return fleet.asOf(Map.of(partition, new FoldedPlace(offset, revision)))
                .map(bots -> bots.stream().map(BotFigures::trades).toList());
    }

    @Test
    void areWhatWasTakenUpAndWhatWasCommittedSince() {
        var born = born(0);
        var traded = traded(born, 3);
        fleet.loaded(0, position(born.end(), 0, born.bots()));
        assertThat(trades(0, 3, 0)).contains(List.of(0L));

        fleet.committed(List.of(traded));

        assertThat(trades(0, 3, 0)).contains(List.of(1L));
        assertThat(trades(0, 4, 0)).contains(List.of(1L));
        assertThat(trades(0, 5, 0)).isEmpty();
    }

    @Test
    void areNotKnownOfADatabaseThatNamesNoPartition() {
        assertThat(fleet.asOf(Map.of())).isEmpty();
    }

    @Test
    void areNotKnownWhileAPartitionIsFoldedElsewhere() {
        fleet.loaded(0, position(3, 0, born(0).bots()));

        assertThat(fleet.asOf(Map.of(0, new FoldedPlace(3, 0), 1, new FoldedPlace(0, 0))))
                .isEmpty();
        assertThat(fleet.asOf(Map.of())).isEmpty();
    }

    @Test
    void areNotThoseOfStatesThatWereChangedOtherwiseUntilTheyAreTakenUp() {
        var born = born(0);
        fleet.loaded(0, position(3, 0, List.of()));
        assertThat(trades(0, 3, 1)).isEmpty();

        fleet.loaded(0, position(3, 1, born.bots()));

        assertThat(trades(0, 3, 1)).contains(List.of(0L));
    }

    @Test
    void areForgottenWithABatchThatDoesNotGoOnFromThem() {
        var traded = traded(born(0), 3);
        fleet.loaded(0, position(2, 0, List.of()));

        fleet.committed(List.of(traded));

        assertThat(trades(0, 2, 0)).isEmpty();
        assertThat(trades(0, 4, 0)).isEmpty();
        fleet.committed(List.of(traded(traded, 4)));
        assertThat(trades(0, 5, 0)).isEmpty();
    }

    @Test
    void areWaitedForWhenTheDatabaseHasACommitThatWasNotHeardOfYet() throws Exception {
        var patient = new FleetFigures(PATIENCE);
        var born = born(0);
        patient.loaded(0, position(3, 0, born.bots()));
        var asked = CompletableFuture.supplyAsync(
                () -> patient.asOf(Map.of(0, new FoldedPlace(4, 0))), Executors.newVirtualThreadPerTaskExecutor());

        patient.committed(List.of(traded(born, 3)));

        assertThat(asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isPresent();
    }

    @Test
    void areKnownAgainWhenWhatWasWaitedForInVainComesAfterAll() {
        var born = born(0);
        fleet.loaded(0, position(3, 0, born.bots()));
        assertThat(trades(0, 4, 0)).isEmpty();

        fleet.committed(List.of(traded(born, 3)));

        assertThat(trades(0, 4, 0)).contains(List.of(1L));
    }

    @Test
    void ofABotThatStandsInTwoPartitionsAreThoseOfTheOneThatHasItsRow() {
        var first = born(0);
        var second = traded(born(1), 3);
        fleet.loaded(0, position(3, 0, first.bots()));
        fleet.loaded(1, position(3, 0, List.of()));
        fleet.committed(List.of(second));
        var places = Map.of(0, new FoldedPlace(3, 0), 1, new FoldedPlace(4, 0));

        assertThat(fleet.asOf(places))
                .hasValueSatisfying(bots -> assertThat(bots)
                        .containsExactly(BotFigures.of(0, first.bots().getFirst())));
        fleet.loaded(0, position(3, 0, List.of()));
        fleet.loaded(1, position(4, 0, second.bots()));
        assertThat(fleet.asOf(places))
                .hasValueSatisfying(bots -> assertThat(bots)
                        .containsExactly(BotFigures.of(1, second.bots().getFirst())));
    }
}
