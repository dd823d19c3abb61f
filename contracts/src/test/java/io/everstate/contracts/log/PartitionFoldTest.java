package io.everstate.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.FoldOutcome.Refused;
import io.everstate.contracts.log.FoldOutcome.Released;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.FoldOutcome.Skipped;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.sample.Story;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionFoldTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final BotEvent CREATED = new BotCreated(BotKind.TRADING, Story.CONFIGURATION);
    private static final BotEvent STARTED = new BotStarted();
    private static final BotEvent STOPPED = new BotStopped(StopReason.COMMAND);

    private final PartitionFold fold = new PartitionFold();

    @Test
    void beginsWithoutAnOwnerAndWithoutBots() {
        assertThat(fold.epoch()).isZero();
        assertThat(fold.bots()).isEmpty();
        assertThat(fold.find(Story.BOT)).isEmpty();
    }

    @Test
    void countsNoEventBeforeTheFirstClaim() {
        assertThat(event(0, 1, CREATED)).isEqualTo(new Skipped(SkipReason.FENCED));
        assertThat(fold.bots()).isEmpty();
    }

    @Test
    void takesAClaimWithAHigherEpochAlsoWhenItLeavesNumbersOut() {
        assertThat(claim(1)).isEqualTo(new Claimed(1, "http://owner-1"));
        assertThat(claim(7)).isEqualTo(new Claimed(7, "http://owner-7"));
    }

    @Test
    void skipsAClaimThatLostTheRace() {
        claim(3);

        assertThat(claim(3)).isEqualTo(new Skipped(SkipReason.STALE_CLAIM));
        assertThat(claim(2)).isEqualTo(new Skipped(SkipReason.STALE_CLAIM));
        assertThat(fold.epoch()).isEqualTo(3);
    }

    @Test
    void fencesTheEventsOfAFormerOwner() {
        claim(1);
        event(1, 1, CREATED);
        claim(2);

        assertThat(event(1, 2, STARTED)).isEqualTo(new Skipped(SkipReason.FENCED));
        assertThat(event(2, 2, STARTED)).isInstanceOf(Applied.class);
    }

    @Test
    void fencesWhatAnOwnerWroteBehindItsOwnRelease() {
        claim(1);
        event(1, 1, CREATED);

        assertThat(release(2)).isEqualTo(new Released(2));
        assertThat(event(1, 2, STARTED)).isEqualTo(new Skipped(SkipReason.FENCED));
        assertThat(sequence()).isEqualTo(1);
    }

    @Test
    void skipsAReleaseThatLostTheRaceAgainstAClaim() {
        claim(1);
        claim(2);

        assertThat(release(2)).isEqualTo(new Skipped(SkipReason.STALE_CLAIM));
        assertThat(event(2, 1, CREATED)).isInstanceOf(Applied.class);
    }

    @Test
    void skipsAClaimThatDidNotKnowOfTheRelease() {
        claim(1);
        release(2);

        assertThat(claim(2)).isEqualTo(new Skipped(SkipReason.STALE_CLAIM));
        assertThat(claim(3)).isEqualTo(new Claimed(3, "http://owner-3"));
    }

    @Test
    void fencesAnEpochThatNobodyClaimed() {
        claim(1);

        assertThat(event(2, 1, CREATED)).isEqualTo(new Skipped(SkipReason.FENCED));
    }

    @Test
    void skipsASequenceThatIsKnown() {
        claim(1);
        event(1, 1, CREATED);
        event(1, 2, STARTED);

        assertThat(event(1, 2, STOPPED)).isEqualTo(new Skipped(SkipReason.DUPLICATE));
        assertThat(event(1, 1, CREATED)).isEqualTo(new Skipped(SkipReason.DUPLICATE));
        assertThat(event(1, -1, STOPPED)).isEqualTo(new Skipped(SkipReason.DUPLICATE));
    }

    @Test
    void skipsASequenceThatLeavesNumbersOut() {
        claim(1);
        event(1, 1, CREATED);

        assertThat(event(1, 3, STARTED)).isEqualTo(new Skipped(SkipReason.GAP));
        assertThat(event(1, 2, STARTED)).isInstanceOf(Applied.class);
    }

    @Test
    void letsACheckpointJumpAheadAndGoesOnBehindIt() {
        claim(1);
        event(1, 1, CREATED);

        assertThat(event(1, 90, new CheckpointTaken("restore", Story.end()))).isInstanceOf(Applied.class);
        assertThat(sequence()).isEqualTo(90);
        assertThat(event(1, 90, new CheckpointTaken("restore", Story.end())))
                .isEqualTo(new Skipped(SkipReason.DUPLICATE));
        assertThat(event(1, 92, STARTED)).isEqualTo(new Skipped(SkipReason.GAP));
    }

    @Test
    void makesABotKnownByACheckpointAlone() {
        claim(1);

        event(1, 14, new CheckpointTaken("the log lost its end", Story.end()));

        assertThat(fold.find(Story.BOT))
                .hasValueSatisfying(state ->
                        assertThat(state.portfolio()).isEqualTo(Story.end().portfolio()));
    }

    @Test
    void givesTheNumberOfARefusedEventToTheNext() {
        claim(1);
        event(1, 1, CREATED);

        assertThat(event(1, 2, STOPPED)).isEqualTo(new Refused(Refusal.NOT_RUNNING));
        assertThat(sequence()).isEqualTo(1);
        assertThat(event(1, 2, STARTED)).isInstanceOf(Applied.class);
    }

    @Test
    void remembersACommandsKeyWithTheEventThatGrantedIt() {
        claim(1);

        fold.apply(recorded(1, 1, "create-1", CREATED));

        assertThat(fold.find(Story.BOT).flatMap(state -> state.outcomeOf("create-1")))
                .hasValueSatisfying(outcome -> {
                    assertThat(outcome.sequence()).isEqualTo(1);
                    assertThat(outcome.type()).isEqualTo("io.everstate.bot.bot-created.v1");
                });
    }

    @Test
    void handsOutBotsThatLaterRecordsDoNotChange() {
        claim(1);
        event(1, 1, CREATED);
        var before = List.copyOf(fold.bots());
        var handed = fold.bots();

        event(1, 2, STARTED);

        assertThat(handed).isEqualTo(before);
    }

    private long sequence() {
        return fold.find(Story.BOT).map(BotState::sequence).orElseThrow();
    }

    private FoldOutcome claim(long epoch) {
        return fold.apply(
                new OwnershipClaimed(TimeOrderedUuid.at(NOON), NOON, "/test", epoch, "http://owner-" + epoch));
    }

    private FoldOutcome release(long epoch) {
        return fold.apply(new OwnershipReleased(
                TimeOrderedUuid.at(NOON), NOON, "/test", epoch, "http://owner-" + epoch, 40, List.of()));
    }

    private FoldOutcome event(long epoch, long sequence, BotEvent event) {
        return fold.apply(recorded(epoch, sequence, null, event));
    }

    private static BotEventRecorded recorded(long epoch, long sequence, @Nullable String key, BotEvent event) {
        return new BotEventRecorded(
                TimeOrderedUuid.at(NOON), NOON, "/test", epoch, Story.BOT, sequence, key, null, event);
    }
}
