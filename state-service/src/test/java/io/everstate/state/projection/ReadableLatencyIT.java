package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotId;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** How soon an acknowledged trade can be read. The goal, 150 ms at the 99th percentile, is judged by the benchmark on a quiet machine. */
class ReadableLatencyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOG = Logger.getLogger(ReadableLatencyIT.class);
    private static final Duration BUSY_MACHINE = Duration.ofSeconds(2);
    private static final int WARM_UP = 50;
    private static final int TRADES = 200;

    @Test
    void aTradeIsReadableSoonAfterItIsAcknowledged() {
        var log = TestLog.fresh(12);
        var bot = log.newBot(0);
        var owner = new Owner(1);
        var service = ServiceProcess.of("state-service")
                .configuration(TestDatabase.empty().configuration(log));
        try (log;
                var process = service.start()) {
            var api = new StateApi(process);
            log.write(0, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
            await().untilAsserted(() -> assertThat(api.systemState().bots()).isEqualTo(1));

            var millis = LongStream.range(3, 3 + WARM_UP + TRADES)
                    .map(sequence -> {
                        log.write(0, List.of(owner.trade(bot, sequence)));
                        return untilReadable(api, bot, sequence);
                    })
                    .skip(WARM_UP)
                    .sorted()
                    .toArray();

            LOG.infof(
                    "acknowledged to readable over %d trades: p50 %d ms, p99 %d ms, max %d ms",
                    TRADES, millis[TRADES / 2], millis[TRADES * 99 / 100], millis[TRADES - 1]);
            assertThat(millis[TRADES * 99 / 100]).isLessThan(BUSY_MACHINE.toMillis());
        }
    }

    private static long untilReadable(StateApi api, BotId bot, long sequence) {
        var begin = System.nanoTime();
        while (!api.trades(bot, sequence - 1).contains(sequence)) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("time until trade %d can be read", sequence)
                    .isLessThan(PATIENCE);
        }
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }
}
