package io.everstate.bot.external;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.SilenceNoticed;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Heartbeat;
import io.everstate.contracts.external.ReportedStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final BotState BOT = SampleBots.runningElsewhere(SampleBots.id(1));
    private static final Instant RECORDED = Objects.requireNonNull(
                    Objects.requireNonNull(BOT.external()).heartbeat())
            .at();
    private final Heartbeats heartbeats = new Heartbeats(SampleConfiguration.of(ExternalConfiguration.class, Map.of()));

    @Test
    void goToTheLogWhenTheyAreNewsOrTheLastOneThereIsOld() {
        assertThat(heartbeats.heard(BOT, beat(59, ReportedStatus.RUNNING))).isFalse();
        assertThat(heartbeats.heard(BOT, beat(60, ReportedStatus.RUNNING))).isTrue();
        assertThat(heartbeats.heard(BOT, beat(1, ReportedStatus.FAILED))).isTrue();
    }

    @Test
    void goToTheLogWhenTheBotWasThoughtSilent() {
        var silent = SampleBots.then(BOT, new SilenceNoticed(300));

        assertThat(heartbeats.heard(silent, beat(1, ReportedStatus.RUNNING))).isTrue();
    }

    @Test
    void areShownFromMemoryWhenThatIsNewer() {
        assertThat(heartbeats.newest(BOT)).map(Heartbeat::at).contains(RECORDED);

        heartbeats.heard(BOT, beat(10, ReportedStatus.RUNNING));
        heartbeats.heard(BOT, beat(5, ReportedStatus.RUNNING));

        assertThat(heartbeats.newest(BOT)).map(Heartbeat::at).contains(RECORDED.plusSeconds(10));
    }

    /** Else a bot whose owner changed would be called silent for what its last owner heard. */
    @Test
    void mayHaveBeenHeardByAnotherOwnerUntilTheNextWasDue() {
        assertThat(heartbeats.lastAlive(BOT)).contains(RECORDED.plusSeconds(60));

        heartbeats.heard(BOT, beat(90, ReportedStatus.RUNNING));

        assertThat(heartbeats.lastAlive(BOT)).contains(RECORDED.plusSeconds(90));
    }

    @Test
    void areForgottenWithTheBot() {
        heartbeats.heard(BOT, beat(10, ReportedStatus.RUNNING));

        heartbeats.keepOnly(Set.of());

        assertThat(heartbeats.newest(BOT)).map(Heartbeat::at).contains(RECORDED);
    }

    private static Heartbeat beat(int seconds, ReportedStatus status) {
        return new Heartbeat(RECORDED.plusSeconds(seconds), status, null);
    }
}
