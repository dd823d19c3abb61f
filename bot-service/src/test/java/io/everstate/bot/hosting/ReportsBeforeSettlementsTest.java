package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.ownership.CommandResult;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.RecordExternally;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.HeartbeatRecorded;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.ReportedStatus;
import io.everstate.contracts.log.KnownState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program reports while state-service is still asked whether the log has lost something of it. What counted before the answer would never
 * be taken back, and the loss be permanent.
 */
class ReportsBeforeSettlementsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final BotId BOT = HostedFleet.BOT;

    private final CountDownLatch answered = new CountDownLatch(1);
    private final BotState inLog = SampleBots.runningElsewhere(BOT);
    /** Beyond the log. */
    private final BotState known = heard(heard(heard(inLog, 1), 2), 3);

    @AutoClose
    private final HostedFleet fleet;

    ReportsBeforeSettlementsTest(@TempDir Path directory) {
        fleet = new HostedFleet(directory, this::lostEnds);
    }

    @AfterEach
    void nobodyWaitsForTheAnswer() {
        answered.countDown();
    }

    private Optional<List<KnownState>> lostEnds(int partition) {
        try {
            answered.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.of(List.of(new KnownState(known, null)));
    }

    private static BotState heard(BotState state, int minutes) {
        return SampleBots.then(
                state,
                new HeartbeatRecorded(ReportedStatus.RUNNING, "minute " + minutes),
                SampleBots.START.plusSeconds(60L * minutes));
    }

    private static RecordExternally report() {
        return new RecordExternally(new HeartbeatRecorded(ReportedStatus.RUNNING, "since"));
    }

    private OutsideCommands patient() {
        return fleet.host.outside(LONG);
    }

    private void comesBehindWhatWasLost(CommandResult reported) {
        assertThat(reported.sequence()).isGreaterThan(known.sequence() + Takeovers.HEALED_AHEAD);
        assertThat(fleet.checkpoints())
                .singleElement()
                .satisfies(event ->
                        assertThat(((CheckpointTaken) event.event()).state()).isEqualTo(known));
    }

    @Test
    @Tag("EC3")
    void aReportWaitsForTheAnswerAndComesBehindWhatTheLogHasLost() {
        fleet.log.assign(inLog);

        var reported = CompletableFuture.supplyAsync(() -> patient().execute(BOT, report(), "key"));
        var noticed = patient().submit(BOT, report(), LONG);
        await().during(Duration.ofMillis(200)).until(() -> !reported.isDone() && !noticed.isDone());
        var meanwhile = fleet.state(BOT);
        answered.countDown();

        assertThat(meanwhile).isEqualTo(inLog);
        comesBehindWhatWasLost(reported.join());
        comesBehindWhatWasLost(noticed.join());
    }

    @Test
    void aReportThatCannotWaitSoLongIsToBeRepeated() {
        fleet.log.assign(inLog);

        assertThatThrownBy(() -> fleet.host.outside(Duration.ofMillis(50)).execute(BOT, report(), "key"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.type()).isEqualTo(ProblemType.UNAVAILABLE))
                .hasMessageContaining("nothing happened, repeat");
        answered.countDown();

        comesBehindWhatWasLost(patient().execute(BOT, report(), "key"));
    }

    @Test
    void nobodyWaitsForAPartitionThatHasGone() {
        fleet.log.assign(inLog);
        var reported = CompletableFuture.supplyAsync(() -> patient().execute(BOT, report(), "key"));
        await().during(Duration.ofMillis(100)).until(() -> !reported.isDone());

        fleet.log.surrender();

        assertThat(reported)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("does not own partition");
        assertThat(patient().isSettled(BOT)).isTrue();
    }
}
