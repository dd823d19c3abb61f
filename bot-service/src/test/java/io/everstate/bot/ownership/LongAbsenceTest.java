package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.PartitionFold;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A partition of which nobody has heard for an hour was lost, whoever owned it last. */
@Tag("PT8")
class LongAbsenceTest extends PartitionOwnershipFixture {
    /** Before, bots went on at prices of which nobody knew anything for hours, MANUAL ones too. */
    @Test
    void aReleaseOfAnHourAgoIsALoss() {
        letGoElsewhere();
        clock.advance(Absence.LONG);

        own();

        assertThat(listener.heard).containsExactly("owned 3, epoch 3, 0 bots");
    }

    @Test
    void aReleaseOfLessThanAnHourAgoIsAHandover() {
        letGoElsewhere();
        clock.advance(Absence.LONG.minusMillis(1));

        own();

        assertThat(listener.heard).containsExactly("owned 3, epoch 3, 0 bots, handed over");
    }

    @Test
    void itsOwnReleaseOfAnHourAgoIsALoss() {
        own();
        var _ = ownership.release("moved");
        var release = log.lastRelease();
        ownership = assigned(new PartitionFold(1, List.of()), ownership.past());
        read(release);
        clock.advance(Absence.LONG);

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots");
    }

    /** Before, it went on with bots whose markets nobody had looked at, unvalued. */
    @Test
    void itsOwnOwnershipThatHeardNothingForAnHourIsALoss() {
        own(running(BOT));
        var _ = submit(BOT, new StopBot(StopReason.RESTART));
        log.failLast();
        clock.advance(Absence.LONG);

        own();

        assertThat(listener.heard).endsWith("lost 3", "owned 3, epoch 3, 1 bots");
        assertThat(listener.owed).containsExactly(BOT);
    }

    @Test
    void itsOwnOwnershipThatHeardOfAnEventWithinTheHourIsGoneOnWith() {
        own();
        clock.advance(Duration.ofMinutes(30));
        created();
        clock.advance(Absence.LONG.minusMillis(1));
        var _ = submit(BOT, new StartBot());
        log.failLast();

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 2, 1 bots, continued");
    }

    @Test
    void whatItHeardLastIsRememberedWhenThePartitionComesBackToThisProcess() {
        own();
        clock.advance(Absence.LONG.minusMillis(1));
        created();
        ownership.surrender("the reader began anew");
        ownership = assigned(new PartitionFold(1, List.of()), ownership.past());
        clock.advance(Absence.LONG.minusMillis(1));
        own();
        assertThat(listener.heard).endsWith("owned 3, epoch 2, 0 bots, continued");
        ownership.surrender("the reader began anew");
        ownership = assigned(new PartitionFold(2, List.of()), ownership.past());
        clock.advance(Absence.LONG);

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots");
    }

    /** By it this process owned nothing, and looked at no market. */
    @Test
    void aClaimThatCameLateIsNoSignOfLife() {
        own();
        ownership.surrender("the reader began anew");
        ownership = assigned(new PartitionFold(1, List.of()), ownership.past());
        clock.advance(Absence.LONG.dividedBy(2));
        ownership.caughtUp();
        log.failLast();
        read(log.lastClaim());
        clock.advance(Absence.LONG.dividedBy(2));

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots");
    }
}
