package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.ownership.LoopbackLog;
import io.everstate.bot.ownership.SilentListener;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.RestartPolicy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RunsTest {
    private static final BotId BOT = SampleBots.id(1);

    private final LoopbackLog log = new LoopbackLog(new SilentListener(), new SteppingClock());
    private final CountDownLatch answer = new CountDownLatch(1);
    private final Runs runs = new Runs();

    @Test
    void keepsTheRunThatThereIs() {
        var first = runner();
        runs.begin(BOT, () -> first);

        var begun = runs.begin(BOT, this::runner);

        assertThat(begun).isTrue();
        assertThat(runs.find(BOT)).containsSame(first);
        assertThat(runs.size()).isOne();
    }

    @Test
    void aRunThatEndedByItselfIsReplaced() {
        var first = runner();
        runs.begin(BOT, () -> first);
        first.finish();

        runs.begin(BOT, this::runner);

        assertThat(runs.find(BOT)).isPresent().get().isNotSameAs(first);
    }

    @Test
    void anEndedRunIsForgotten() {
        runs.begin(BOT, this::runner);

        runs.end(BOT);

        assertThat(runs.find(BOT)).isEmpty();
        assertThat(runs.all()).isEmpty();
        assertThat(runs.bots()).isEmpty();
    }

    /** A bot that is stopped and started again while its last fill is on its way must not decide twice about one bar. */
    @Test
    @Tag("PT13")
    void theNextRunWaitsUntilTheLastOneIsThroughWithItsBar() throws InterruptedException {
        log.assign(SampleBots.running(BOT, RestartPolicy.RESUME));
        var last = runner();
        runs.begin(BOT, () -> last);
        var atWork = Thread.ofVirtual().start(last::tick);
        await().until(last::busy);

        runs.end(BOT);

        assertThat(runs.begin(BOT, this::runner)).isFalse();
        assertThat(runs.find(BOT)).isEmpty();
        answer.countDown();
        atWork.join();
        assertThat(runs.begin(BOT, this::runner)).isTrue();
        assertThat(runs.find(BOT)).isPresent();
    }

    private BotRunner runner() {
        var state = SampleBots.running(BOT, RestartPolicy.RESUME);
        return new BotRunner(state, log.ownerships(), new MarketWindows(new SlowMarket()), new StrategyCatalogue());
    }

    /** Has no bars, and takes its time to say so. */
    private final class SlowMarket implements MarketFeed {
        @Override
        public Set<String> symbols() {
            return Set.of(SampleBots.SYMBOL);
        }

        @Override
        public Optional<Bar> bar(String symbol, long number) {
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }
    }
}
