package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import io.everstate.state.format.StateWriter;
import io.everstate.state.format.StoredState;
import io.everstate.state.format.TradesCut;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradesCutsTest {
    private static final int EVENTS = 400;

    private final JsonFormat json = TestJson.format();
    private TradesCuts cuts = new TradesCuts();

    /** A row as PostgreSQL keeps it. */
    private static final class Row {
        private byte[] state = {};
        private byte @Nullable [] older;
        private @Nullable Long olderAt;

        void write(StateWriter writer, BotState bot, @Nullable TradesCut cut) {
            if (cut == null || cut.made()) {
                older = cut == null ? null : writer.older(bot, cut);
                olderAt = cut == null ? null : cut.at();
            } else {
                assertThat(olderAt).as("the cut that the row has").isEqualTo(cut.at());
            }
            state = writer.state(bot, cut);
        }

        byte[] text() {
            return new StoredState(state, older).text();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    /** Whatever the bot does, wherever batches end, and however often the partition is loaded anew. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theRowIsAlwaysTheWholeState(long seed) {
        var random = new Random(seed);
        var row = new Row();
        var most = 1 + random.nextInt(30);

        try (var writer = new StateWriter(json)) {
            var states = RandomHistory.of(random, EVENTS);
            for (int next = 0; next < states.size(); next += 1 + random.nextInt(most)) {
                cuts = random.nextInt(40) == 0 ? new TradesCuts() : cuts;
                var state = states.get(next);

                row.write(writer, state, cuts.cut(state));

                assertThat(row.text()).as("after %d", state.sequence()).isEqualTo(json.write(state));
            }
        }
    }

    private static List<BotState> trading(int trades) {
        var owner = new Owner(1);
        var bot = Owner.newBot();
        var fold = new PartitionFold();
        var states = new ArrayList<BotState>();
        fold.apply(owner.claim());
        fold.apply(owner.created(bot));
        fold.apply(owner.started(bot));
        for (int trade = 0; trade < trades; trade++) {
            fold.apply(owner.trade(bot, 3 + trade));
            states.add(fold.find(bot).orElseThrow());
        }
        return states;
    }

    @Test
    void fewTradesAreNotCut() {
        assertThat(trading(TradesCuts.TOGETHER).stream().map(cuts::cut)).containsOnlyNulls();
    }

    @Test
    void olderTradesAreWrittenOnceForAsManyAsMayBeBehindThem() {
        var rounds = 20;
        var states = trading(TradesCuts.TOGETHER + (TradesCuts.MOST_BEHIND + 1) * rounds);

        var made = states.stream()
                .map(cuts::cut)
                .filter(Objects::nonNull)
                .filter(TradesCut::made)
                .count();

        assertThat(made).isEqualTo(rounds);
    }

    @Test
    void exactlyAsManyTradesAsAreKeptAreCutAsMore() {
        for (var state : trading(Portfolio.RECENT_TRADES + 2)) {
            var cut = cuts.cut(state);

            assertThat(cut == null ? 0 : cut.newest())
                    .isBetween(
                            0,
                            Math.min(
                                    TradesCuts.MOST_BEHIND,
                                    state.portfolio().recentTrades().size()));
        }
    }

    @ParameterizedTest(name = "without trade {0}")
    @ValueSource(ints = {0, 20, 49})
    void aStateThatDoesNotComeOfTheWrittenOneIsWrittenWhole(int lost) {
        var states = trading(60);
        cuts.cut(states.get(49));
        var other = states.get(50);
        var portfolio = other.portfolio();
        var without = new ArrayList<>(portfolio.recentTrades());
        without.remove(lost);

        var cut = cuts.cut(other.withPortfolio(new Portfolio(portfolio.symbols(), without, portfolio.highestTotal())));

        assertThat(cut).isEqualTo(new TradesCut(other.sequence(), 0, true));
    }

    /** Its row had no older trades in between. */
    @Test
    void aBotThatWentToFewTradesAndBackToThoseThatItHadIsWrittenWhole() {
        var state = trading(40).getLast();
        var portfolio = state.portfolio();
        var few = portfolio.recentTrades().subList(0, TradesCuts.TOGETHER);
        cuts.cut(state);
        cuts.cut(state.withPortfolio(new Portfolio(portfolio.symbols(), few, portfolio.highestTotal())));

        assertThat(cuts.cut(state)).isEqualTo(new TradesCut(state.sequence(), 0, true));
    }

    @Test
    void whoLoadsThePartitionWritesEachBotWholeFirst() {
        var state = trading(60).getLast();
        cuts.cut(state);

        assertThat(new TradesCuts().cut(state)).isEqualTo(new TradesCut(state.sequence(), 0, true));
    }
}
