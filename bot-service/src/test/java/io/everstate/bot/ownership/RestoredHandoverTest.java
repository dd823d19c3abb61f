package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bot that the log had lost runs again by a local file, until a second record says what becomes of it. */
@Tag("SF5")
class RestoredHandoverTest extends PartitionOwnershipFixture {
    @BeforeEach
    void restore() {
        own();
        var _ = submit(
                BOT, new RestoreCheckpoint("the log lost its end", SampleBots.running(BOT, RestartPolicy.MANUAL), 100));
    }

    @Test
    void thePartitionIsNotLetGoWhileTheRestoreIsOnItsWay() {
        var _ = ownership.release("moved");

        assertThat(log.sent()).noneMatch(OwnershipReleased.class::isInstance);
    }

    /** Before, the next owner went on with a MANUAL bot that nobody had started. */
    @Test
    void theRestoredBotIsNamedUntilItIsStopped() {
        read(log.lastEvent());

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).containsExactly(BOT);
        assertThat(ownership.past().debts().running()).containsOnlyKeys(BOT);
    }

    /** Before, this process went on with a MANUAL bot that nobody had started, once it had the partition again. */
    @Test
    void aRestoreThatLandsWhileNobodyOwnsIsOwedAllTheSame() {
        var restored = log.lastEvent();
        log.failLast();
        ownership.caughtUp();

        read(restored);
        read(log.lastClaim());

        assertThat(listener.heard).endsWith("owned 3, epoch 2, 1 bots, continued");
        assertThat(listener.owed).containsExactly(BOT);
    }

    @Test
    void thePartitionIsNotLetGoWhileTheStopIsOnItsWay() {
        read(log.lastEvent());
        var _ = submit(BOT, new StopBot(StopReason.RESTART));

        var _ = ownership.release("moved");

        assertThat(log.sent()).noneMatch(OwnershipReleased.class::isInstance);
    }

    @Test
    void nobodyIsNamedOnceItIs() {
        read(log.lastEvent());
        var _ = submit(BOT, new StopBot(StopReason.RESTART));
        read(log.lastEvent());

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().epoch()).isEqualTo(2);
        assertThat(log.lastRelease().owed()).isEmpty();
    }
}
