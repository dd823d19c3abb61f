package io.everstate.state.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.EmergencyCleared;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.mode.ModeChanged;
import io.everstate.contracts.mode.SystemMode;
import io.everstate.state.Owner;
import io.everstate.state.TestConfiguration;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.mode.PresentMode;
import java.time.Instant;
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
        return with(new PresentMode(), notional);
    }

    private static SignificantEvents with(PresentMode mode, String notional) {
        return new SignificantEvents(
                mode,
                TestConfiguration.of(
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
        assertThat(missed.waiting(null)).isFalse();
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
        assertThat(events.waiting(null)).isFalse();

        events.committed(batch(owner.record(bot, 5, new BotStarted()), owner.record(bot, 6, stop)));
        assertThat(events.waiting(null)).isTrue();
    }

    @Test
    void manyAreOne() {
        var events = above("1000000");

        events.happened("this");
        events.happened("that");

        assertThat(events.taken()).contains("this");
        assertThat(events.waiting(null)).isFalse();
    }

    @Test
    @Tag("EC1")
    void anotherModeIsOneUntilASnapshotKnowsOfIt() {
        var mode = new PresentMode();
        var events = with(mode, "1000000");
        var began = Instant.parse("2026-11-22T08:00:00Z");
        assertThat(events.waiting(began)).as("nothing is known of it").isFalse();

        mode.is(new ModeChanged(SystemMode.SAFE, "a test", began));

        assertThat(events.waiting(began.minusMillis(1))).isTrue();
        assertThat(events.modeChanged(began.minusMillis(1))).contains("the system's mode is SAFE: a test");
        assertThat(events.waiting(began)).isFalse();
        assertThat(events.waiting(null)).as("where there is no snapshot").isFalse();
    }
}
