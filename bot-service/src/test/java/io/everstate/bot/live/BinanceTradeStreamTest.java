package io.everstate.bot.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What connections leave behind. */
class BinanceTradeStreamTest {
    private static final Set<String> SYMBOLS = Set.of("BTC/USDT");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 5;

    private final BinanceStandIn exchange = new BinanceStandIn();
    private final TradeStream stream = new BinanceTradeStream(exchange.address());

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void anExchangeThatRefusesLeavesNoThreadBehind() {
        exchange.refuse(true);
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            assertThatExceptionOfType(TradeStreamException.class)
                    .isThrownBy(() -> stream.connect(SYMBOLS, new Ended()));
        }

        assertNoThreadsLeft();
    }

    @Test
    void anExchangeThatHangsUpLeavesNoThreadBehind() throws InterruptedException {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var ended = new Ended();
            try (var _ = stream.connect(SYMBOLS, ended)) {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(exchange.connections()).isPositive());
                exchange.hangUp();
                assertThat(ended.told.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
        }

        assertNoThreadsLeft();
    }

    @Test
    void whereNobodyListensNoThreadIsLeftBehind() {
        var nobody = new BinanceTradeStream(URI.create("ws://127.0.0.1:1/"));
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            assertThatExceptionOfType(TradeStreamException.class)
                    .isThrownBy(() -> nobody.connect(SYMBOLS, new Ended()));
        }

        assertNoThreadsLeft();
    }

    /** Another test's may still be ending. */
    private static void assertNoThreadsLeft() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("nioEventLoopGroup")));
    }

    private static final class Ended implements TradeStream.Listener {
        private final CountDownLatch told = new CountDownLatch(1);

        @Override
        public void traded(LiveTrade trade) {
            throw new IllegalStateException("nobody trades: " + trade);
        }

        @Override
        public void unreadable(Set<String> symbols) {
            throw new IllegalStateException("nobody says anything about " + symbols);
        }

        @Override
        public void ended(String why) {
            told.countDown();
        }
    }
}
