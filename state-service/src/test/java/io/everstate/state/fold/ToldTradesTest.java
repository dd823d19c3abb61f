package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.state.Owner;
import io.everstate.state.finding.ReplacedTrades;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which trades a checkpoint puts in the place of those that it leaves out. */
class ToldTradesTest {
    private static final Owner OWNER = new Owner(1);
    private static final long CHECKPOINT = 1_000;

    private final BotId bot = Owner.newBot();

    private BotState state(List<LogRecord> events) {
        var all = new ArrayList<LogRecord>(List.of(OWNER.claim()));
        all.addAll(events);
        var records = StoredRecords.from(0, all.toArray(LogRecord[]::new));
        return StoredRecords.fold(records, StoredRecords.CODEC).find(bot).orElseThrow();
    }

    private BotState traded(long last) {
        var events = new ArrayList<LogRecord>(List.of(OWNER.created(bot), OWNER.started(bot)));
        LongStream.rangeClosed(3, last).forEach(sequence -> events.add(OWNER.trade(bot, sequence)));
        return state(events);
    }

    private BotState cycled(int cycles, LogRecord... more) {
        var events = new ArrayList<LogRecord>(List.of(OWNER.createdTriangle(bot), OWNER.started(bot)));
        LongStream.range(3, 3 + cycles).forEach(sequence -> events.add(OWNER.cycle(bot, sequence)));
        events.addAll(List.of(more));
        return state(events);
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private ReplacedTrades leavingOut(BotState kept, BotState goneOn) {
        BotEventRecorded checkpoint = OWNER.record(bot, CHECKPOINT, new CheckpointTaken("periodic", goneOn));
        return ToldTrades.leavingOut(checkpoint, goneOn, kept);
    }

    @Test
    void areThoseFromTheFirstThatIsAnotherOn() {
        var replaced = leavingOut(traded(9), traded(6));

        assertThat(replaced.from()).isEqualTo(7);
        assertThat(replaced.to()).isEqualTo(CHECKPOINT);
        assertThat(replaced.trades()).isEmpty();
    }

    @Test
    void areNoneWhereOnlySomethingElseIsLost() {
        var replaced = leavingOut(traded(9), traded(9));

        assertThat(replaced.from()).isEqualTo(CHECKPOINT);
        assertThat(replaced.trades()).isEmpty();
    }

    @Test
    void reachBackAsFarAsTheCheckpointDoesWhereMoreIsLostThanAStateHolds() {
        var replaced = leavingOut(traded(400), traded(150));

        assertThat(replaced.from()).isEqualTo(51);
        assertThat(replaced.trades()).extracting(Trade::sequence).containsExactlyElementsOf(numbers(51, 150));
    }

    @Test
    void reachBackNoFurtherThanTheCheckpointDoes() {
        var replaced = leavingOut(traded(150), traded(400));

        assertThat(replaced.from()).isEqualTo(301);
        assertThat(replaced.trades()).extracting(Trade::sequence).containsExactlyElementsOf(numbers(301, 400));
    }

    @Test
    void leaveAloneWhatIsInFrontOfTheParting() {
        var replaced = leavingOut(traded(140), traded(130));

        assertThat(replaced.from()).isEqualTo(131);
        assertThat(replaced.trades()).isEmpty();
    }

    @Test
    void areNotTheLegsThatAreLeftOfACycle() {
        var kept = cycled(33, OWNER.record(bot, 36, new BotStopped(StopReason.COMMAND)));
        var goneOn = cycled(34);
        assertThat(goneOn.portfolio().recentTrades())
                .hasSize(Portfolio.RECENT_TRADES)
                .first()
                .extracting(Trade::leg)
                .isEqualTo(3);

        var replaced = leavingOut(kept, goneOn);

        assertThat(replaced.from()).isEqualTo(36);
        assertThat(replaced.trades()).extracting(Trade::leg).containsExactly(1, 2, 3);
    }
}
