package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.KnownState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** state-service, which alone knows what the log has lost, answers when the partition's owner has gone on without it. */
class LateAnswersTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch answering = new CountDownLatch(1);
    private final BotState known = SampleBots.then(SampleBots.traded(BOT, 40), new BotStopped(StopReason.COMMAND));

    @AutoClose
    private final HostedFleet fleet;

    LateAnswersTest(@TempDir Path directory) {
        fleet = new HostedFleet(directory, this::lostEnds);
    }

    /** Nobody answers the first two times, nor before that is wanted. */
    private Optional<List<KnownState>> lostEnds(int partition) {
        if (asked.incrementAndGet() <= 2 || answering.getCount() > 0) {
            return Optional.empty();
        }
        told.incrementAndGet();
        return Optional.of(List.of(new KnownState(known, null)));
    }

    /** It goes on with it at once. */
    private void goneOnWith(BotState inLog) {
        fleet.log.assign(inLog);
        await().until(() -> asked.get() > 2);
        assertThat(fleet.checkpoints()).isEmpty();
        answering.countDown();
    }

    @Test
    void aBotThatHasDoneNothingSinceGoesOnFromWhatWasLost() {
        goneOnWith(SampleBots.then(SampleBots.traded(BOT, 10), new BotStopped(StopReason.COMMAND)));

        await().untilAsserted(() -> assertThat(fleet.checkpoints())
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.sequence()).isGreaterThan(known.sequence() + Takeovers.HEALED_AHEAD);
                    assertThat(((CheckpointTaken) event.event()).state()).isEqualTo(known);
                }));
    }

    @Test
    void whatCountedSinceIsNotTakenBackAndNobodyIsAskedAgain() {
        goneOnWith(SampleBots.then(
                SampleBots.traded(BOT, 10),
                new BotStopped(StopReason.COMMAND),
                known.updatedAt().plusSeconds(1)));

        var before = fleet.state(BOT);
        await().until(() -> told.get() > 0);
        var answered = asked.get();
        await().during(Duration.ofMillis(300)).until(() -> asked.get() == answered);
        assertThat(fleet.state(BOT)).isEqualTo(before);
        assertThat(fleet.checkpoints()).isEmpty();
    }

    @Test
    void ofAPartitionThatHasGoneNothingIsAsked() {
        fleet.log.assign(SampleBots.traded(BOT, 10));
        await().until(() -> asked.get() > 2);

        fleet.log.surrender();

        var given = asked.get() + 1;
        await().during(Duration.ofMillis(300)).until(() -> asked.get() <= given);
    }
}
