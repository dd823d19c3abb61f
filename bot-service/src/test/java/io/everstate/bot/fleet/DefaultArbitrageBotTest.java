package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.ownership.LoopbackLog;
import io.everstate.bot.ownership.SilentListener;
import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.bot.BotCommand.DeleteBot;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SF3")
class DefaultArbitrageBotTest {
    private static final MarketFeed MARKETS = market("BTC/USD", "SIM/BTC", "SIM/USD");

    private final SteppingClock clock = new SteppingClock();
    private LoopbackLog log = new LoopbackLog(new SilentListener(), clock);

    @Test
    void isMadeOnceStoppedAndLabelled() {
        log.assign();
        var bot = bot(MARKETS, Map.of());

        bot.ensure(log.ownerships());
        bot.ensure(log.ownerships());

        assertThat(log.records()).hasSize(2); // the claim, and the creation
        assertThat(state().lifecycle().status()).isEqualTo(BotStatus.STOPPED);
        assertThat(state().configuration().strategy()).isEqualTo("triangular-arbitrage");
        assertThat(state().configuration().symbols()).containsExactly("BTC/USD", "SIM/BTC", "SIM/USD");
        assertThat(state().configuration().labels()).containsEntry("everstate", "default-arbitrage");
    }

    @Test
    void isMadeByNobodyBeforeItsPartitionIsOwned() {
        bot(MARKETS, Map.of()).ensure(log.ownerships());

        assertThat(log.records()).isEmpty();
    }

    @Test
    void isNotMadeAgainByTheNextOwner() {
        log.assign();
        bot(MARKETS, Map.of()).ensure(log.ownerships());

        var next = restarted();
        bot(MARKETS, Map.of()).ensure(next.ownerships());

        assertThat(creations()).isEqualTo(1);
    }

    @Test
    void isNotMadeAgainAfterSomebodyDeletedIt() {
        log.assign();
        bot(MARKETS, Map.of()).ensure(log.ownerships());
        log.ownerships().execute(DefaultArbitrageBot.ID, new DeleteBot("somebody"), null);

        bot(MARKETS, Map.of()).ensure(log.ownerships());
        var next = restarted();
        bot(MARKETS, Map.of()).ensure(next.ownerships());

        assertThat(creations()).isEqualTo(1);
        assertThat(state().deleted()).isTrue();
    }

    @Test
    void isTriedAgainWhenTheLogDidNotTakeIt() {
        log.assign();
        var bot = bot(MARKETS, Map.of());
        log.fail(true);
        bot.ensure(log.ownerships());
        log.fail(false);
        log.claimAgain();

        bot.ensure(log.ownerships());

        assertThat(state().sequence()).isEqualTo(1);
    }

    @Test
    void isNotMadeWhenItIsConfiguredAwayOrThereIsNoTriangle() {
        log.assign();

        bot(MARKETS, Map.of("everstate.fleet.default-arbitrage-bot", "false")).ensure(log.ownerships());
        bot(market("BTC/USD", "ETH/USD", "SOL/USD"), Map.of()).ensure(log.ownerships());

        assertThat(log.ownerships().find(DefaultArbitrageBot.ID)).isEmpty();
    }

    @Test
    void takesRealMarketsRatherThanSimulatedOnes() {
        assertThat(DefaultArbitrageBot.triangle(
                        List.of("SIM/USD", "SIM/BTC", "BTC/USD", "ETH/USDT", "BTC/USDT", "ETH/BTC")))
                .contains(List.of("BTC/USDT", "ETH/BTC", "ETH/USDT"));
        assertThat(DefaultArbitrageBot.triangle(List.of("BTC/USD"))).isEmpty();
    }

    private LoopbackLog restarted() {
        var before = log;
        before.surrender();
        log = new LoopbackLog(new SilentListener(), clock);
        log.replay(before);
        return log;
    }

    private long creations() {
        return log.records().stream()
                .filter(entry -> entry.toString().contains("BotCreated["))
                .count();
    }

    private BotState state() {
        return log.ownerships().find(DefaultArbitrageBot.ID).orElseThrow();
    }

    private static DefaultArbitrageBot bot(MarketFeed market, Map<String, String> properties) {
        return new DefaultArbitrageBot(SampleConfiguration.of(FleetConfiguration.class, properties), market);
    }

    private static MarketFeed market(String... symbols) {
        return new InMemoryMarket(Arrays.stream(symbols).collect(Collectors.toMap(symbol -> symbol, _ -> List.of())));
    }
}
