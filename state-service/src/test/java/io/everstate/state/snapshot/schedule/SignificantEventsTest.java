package io.everstate.state.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.EmergencyCleared;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.TestConfiguration;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SignificantEventsTest {
    private final Owner owner = new Owner(1);
    private final PartitionProjection projection =
            new PartitionProjection(0, new PartitionPosition("topic", 0, 0, List.of()), StoredRecords.CODEC);
    private long offset;

    private static SignificantEvents above(String notional) {
        return new SignificantEvents(TestConfiguration.of(
                SnapshotConfiguration.class, Map.of("everstate.snapshot.significant-notional", notional)));
    }

    private List<FoldedBatch> batch(LogRecord... entries) {
        var batch = projection.fold(StoredRecords.from(offset, entries));
        offset = batch.end();
        return List.of(batch);
    }

    @Test
    @Tag("EC1")
    void aTradeOfTheConfiguredNotionalIsOne() {
        var bot = Owner.newBot();
        var trade = owner.trade(bot, 3);
        var notional = trade.event().fills().getFirst().notional();
        var batch = batch(owner.claim(), owner.created(bot), owner.started(bot), trade);
        var reached = above(notional.toString());
        var missed = above(notional.plus(Amount.of("0.00000001")).toString());

        reached.committed(batch);
        missed.committed(batch);

        assertThat(reached.taken()).hasValueSatisfying(what -> assertThat(what).contains("a trade of 0.5 BTC/USD"));
        assertThat(missed.waiting()).isFalse();
    }

    @Test
    @Tag("EC1")
    void anEmergencyStopIsOneUntilItIsClearedAndComesAgain() {
        var bot = Owner.newBot();
        var events = above("1000000");
        var stop = new EmergencyStopped("drawdown", Amount.of("0.3"));

        events.committed(batch(owner.claim(), owner.created(bot), owner.started(bot), owner.record(bot, 3, stop)));
        assertThat(events.taken()).hasValueSatisfying(what -> assertThat(what).contains("an emergency stop"));

        events.committed(batch(owner.record(bot, 4, new EmergencyCleared("looked"))));
        assertThat(events.waiting()).isFalse();

        events.committed(batch(owner.record(bot, 5, new BotStarted()), owner.record(bot, 6, stop)));
        assertThat(events.waiting()).isTrue();
    }

    @Test
    void manyAreOne() {
        var events = above("1000000");

        events.happened("this");
        events.happened("that");

        assertThat(events.taken()).contains("this");
        assertThat(events.waiting()).isFalse();
    }
}
