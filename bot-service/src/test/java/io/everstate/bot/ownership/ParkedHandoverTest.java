package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.PartitionFold;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A parked bot when its partition is handed over: what it did before its record that is not understood, and since, is not known here. */
@Tag("SF5")
class ParkedHandoverTest extends PartitionOwnershipFixture {
    /** Before, its whole partition was taken for lost by the next owner. */
    @Test
    void isNamedByTheOwnerBehindTheLostOne() {
        parked(running(BOT), running(OTHER_BOT));
        own();
        assertThat(listener.owed).as("the host does nothing about it").containsExactly(OTHER_BOT);
        var _ = submit(OTHER_BOT, new StopBot(StopReason.RESTART));
        read(log.lastEvent());

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).containsExactly(BOT);
    }

    /** Its record may have started it, or may be the first one. */
    @Test
    void isNamedAlsoWhenItIsNotKnownToHaveRun() {
        parked(SampleBots.created(BOT));
        ownership.park(record(OTHER_BOT), 8);
        own();

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).containsExactly(BOT, OTHER_BOT);
    }

    @Test
    void thatRunsElsewhereIsNotNamed() {
        parked(SampleBots.runningElsewhere(BOT));
        own();

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).isEmpty();
    }

    @Test
    void isNotNamedWhenItsOwnerWasNotLost() {
        parked(running(BOT));
        read(releaseOf("/elsewhere", 2));
        own();

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).isEmpty();
    }

    @Test
    void staysNamedFromOwnerToOwner() {
        parked(running(BOT));
        read(releaseOf("/elsewhere", 2, BOT));
        own();
        assertThat(listener.owed).isEmpty();

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).containsExactly(BOT);
    }

    @Test
    void isNamedNoMoreOnceItWasRestored() {
        parked(running(BOT));
        own();
        var _ = submit(BOT, new RestoreCheckpoint("restored", SampleBots.created(BOT)));
        read(log.lastEvent());

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).isEmpty();
    }

    /** State-service may understand what this version does not. */
    @Test
    void isOwedARestartByThisProcessWhenItIsReadBeyondItsRecord() {
        parked(SampleBots.created(BOT));
        own();
        ownership.surrender("the reader began anew");
        ownership = assigned(new PartitionFold(2, List.of(running(BOT))), ownership.past());

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 3, 1 bots, continued");
        assertThat(listener.owed).containsExactly(BOT);
    }

    private void parked(BotState bot, BotState... others) {
        var known = new ArrayList<>(List.of(others));
        known.add(bot);
        ownership = assigned(new PartitionFold(1, known), Past.NONE);
        ownership.park(record(bot.id()), 7);
    }

    private static NotUnderstood record(BotId bot) {
        return new NotUnderstood(bot, 1, 100, "io.everstate.bot.bot-cloned.v1", "unknown event type");
    }
}
