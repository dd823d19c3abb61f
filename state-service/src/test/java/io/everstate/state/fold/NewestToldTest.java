package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestToldTest {
    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();
    private final NewestTold told = new NewestTold();

    /** As the fold makes them: one of each trade, three of each cycle. */
    private List<FoldedTrade> trades(List<LogRecord> events) {
        return new PartitionProjection(0, new PartitionPosition("topic", 0, 0, List.of()), StoredRecords.CODEC)
                .fold(StoredRecords.from(0, events.toArray(LogRecord[]::new)))
                .trades();
    }

    @Test
    void hasAllFromTheBeginningWhileTheyAreFew() {
        told.add(trades(List.of(owner.claim(), owner.created(bot), owner.started(bot), owner.trade(bot, 3))));

        var replaced = told.upTo(bot, 9);

        assertThat(replaced.from()).isZero();
        assertThat(replaced.to()).isEqualTo(9);
        assertThat(replaced.trades()).hasSize(1);
    }

    /** 40 cycles are 120 trades: of the seventh one leg would be left, so it begins at the eighth. */
    @Test
    void ofMoreItHasTheNewestAndNoCycleInPart() {
        var events = new ArrayList<LogRecord>(List.of(owner.claim(), owner.createdTriangle(bot), owner.started(bot)));
        for (int sequence = 3; sequence < 43; sequence++) {
            events.add(owner.cycle(bot, sequence));
        }
        var made = trades(events);

        made.forEach(trade -> told.add(List.of(trade)));

        var replaced = told.upTo(bot, 42);
        assertThat(made).hasSize(120);
        assertThat(replaced.from()).isEqualTo(10);
        assertThat(replaced.trades())
                .isEqualTo(
                        made.subList(21, 120).stream().map(FoldedTrade::trade).toList());
    }
}
