package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SF14")
class MissedAgainTest {
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    @AutoClose
    private final HostedFleet fleet;

    MissedAgainTest(@TempDir Path directory) {
        fleet = new HostedFleet(directory, DEADLINE);
    }

    /** Before, it was reported at once, by the time of the first ownership. */
    @Test
    void aBotThatComesBackToThisReplicaHasTheWholeDeadlineAgain() {
        fleet.trade(new ClosedMarket());
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.RESUME));
        await().until(() -> fleet.notReturned(BOT).isPresent());
        var missed = fleet.state(BOT);
        fleet.log.surrender();
        var back = System.nanoTime();

        fleet.log.handOver(missed.withLifecycle(missed.lifecycle().found()));

        await().until(() -> fleet.notReturned(BOT).isPresent());
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isGreaterThanOrEqualTo(DEADLINE);
    }
}
