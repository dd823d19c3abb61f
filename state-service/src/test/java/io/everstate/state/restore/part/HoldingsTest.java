package io.everstate.state.restore.part;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.ExternalState;
import io.everstate.contracts.external.SavedDocument;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.view.BotRestoreView.Change;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private static final Owner OWNER = new Owner(1);
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final BotId bot = Owner.newBot();

    private BotState after(int trades) {
        var fold = new PartitionFold();
        fold.apply(OWNER.claim());
        fold.apply(OWNER.created(bot));
        fold.apply(OWNER.started(bot));
        for (int sequence = 3; sequence < 3 + trades; sequence++) {
            fold.apply(OWNER.trade(bot, sequence));
        }
        return fold.bots().iterator().next();
    }

    private static Holdings of(BotState state) {
        return Holdings.of(state, TestJson.format());
    }

    @Test
    void whatAPersonDecidedIsNoHolding() {
        var state = after(2);

        assertThat(of(state.stopped(Instant.EPOCH)).hash()).isEqualTo(of(state).hash());
        assertThat(of(after(1)).hash()).isNotEqualTo(of(state).hash());
    }

    @Test
    void differencesAreToldFieldByFieldAndListsByTheirLength() {
        var changed = of(after(1)).changedIn(of(after(3)));

        assertThat(changed)
                .extracting(Change::field)
                .contains("portfolio.symbols.BTC/USD.trades", "portfolio.recentTrades")
                .isSorted();
        assertThat(changed)
                .filteredOn(change -> change.field().equals("portfolio.symbols.BTC/USD.trades"))
                .containsExactly(new Change("portfolio.symbols.BTC/USD.trades", "1", "3"));
        assertThat(changed)
                .filteredOn(change -> change.field().equals("portfolio.recentTrades"))
                .singleElement()
                .satisfies(change -> assertThat(requireNonNull(change.after())).startsWith("3 items"));
        assertThat(of(after(2)).changedIn(of(after(2)))).isEmpty();
    }

    @Test
    void whereAStoredDocumentIsAndByWhichTokenItCameIsNoHolding() {
        var fold = new PartitionFold();
        fold.apply(OWNER.claim());
        fold.apply(OWNER.record(bot, 1, new BotCreated(BotKind.EXTERNAL, Owner.configuration(), HASH)));
        var abroad = fold.bots().iterator().next();
        var external = new ExternalState(HASH, null, null, saved("objects/1"), 0, 1, List.of());
        var moved = external.withDocumentAs("objects/2").withToken("0".repeat(64));

        assertThat(of(abroad.withExternal(moved)).hash())
                .isEqualTo(of(abroad.withExternal(external)).hash())
                .isNotEqualTo(of(abroad).hash());
    }

    private static SavedDocument saved(String object) {
        return new SavedDocument(3, Instant.EPOCH, new Document("text/plain", HASH, 4, object));
    }
}
