package io.everstate.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Refused;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.FoldOutcome.Skipped;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.sample.EverySeed;
import io.everstate.contracts.sample.RandomRecords;
import io.everstate.contracts.sample.Story;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record that is not understood stops its bot, no other, and not for ever. */
class ParkingTest {
    private static final BotId BOT = Story.BOT;
    private static final BotId OTHER = new BotId(new UUID(0x7000L, 0x8000_0000_0000_0002L));
    private static final String TYPE = "io.everstate.bot.bot-cloned.v1";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long OFFSET = 17;

    private final PartitionFold fold = new PartitionFold();
    private long sequence;

    @BeforeEach
    void followTheStory() {
        Story.records().forEach(fold::apply);
        sequence = fold.find(BOT).orElseThrow().sequence();
    }

    @Test
    void namesTheRecord() {
        assertThat(park(sequence + 1)).isEqualTo(SkipReason.PARKED);

        assertThat(fold.parking(BOT)).contains(new Parking(TYPE, "unknown", OFFSET, sequence + 1));
        assertThat(fold.parked()).containsOnlyKeys(BOT);
        assertThat(fold.find(BOT).orElseThrow().sequence())
                .as("what was known stays")
                .isEqualTo(sequence);
    }

    @Test
    void passesOverWhatComesBehind() {
        park(sequence + 1);

        assertThat(apply(BOT, sequence + 2, new BotStarted())).isEqualTo(new Skipped(SkipReason.PARKED));
        assertThat(apply(BOT, sequence + 1, new BotStarted())).isEqualTo(new Skipped(SkipReason.DUPLICATE));
        assertThat(fold.parking(BOT).orElseThrow().sequence()).isEqualTo(sequence + 2);
        assertThat(fold.parking(BOT).orElseThrow().offset())
                .as("of the first record")
                .isEqualTo(OFFSET);
    }

    @Test
    void leavesOtherBotsAlone() {
        park(sequence + 1);

        var other = apply(
                OTHER,
                1,
                new BotEvent.BotCreated(
                        fold.find(BOT).orElseThrow().kind(),
                        fold.find(BOT).orElseThrow().configuration()));

        assertThat(other).isInstanceOf(Applied.class);
    }

    @Test
    void endsWithACheckpointAboveAllThatWasPassedOver() {
        park(sequence + 1);
        apply(BOT, sequence + 2, new BotStarted());
        var known = fold.find(BOT).orElseThrow();

        assertThat(apply(BOT, sequence + 2, new CheckpointTaken("restored", known)))
                .isEqualTo(new Skipped(SkipReason.DUPLICATE));
        assertThat(apply(BOT, sequence + 9, new CheckpointTaken("restored", known)))
                .isInstanceOf(Applied.class);

        assertThat(fold.parking(BOT)).isEmpty();
        assertThat(fold.find(BOT).orElseThrow().sequence()).isEqualTo(sequence + 9);
    }

    @Test
    void doesNotEndWithTheCheckpointOfAnotherBot() {
        park(sequence + 1);
        var known = fold.find(BOT).orElseThrow();
        apply(OTHER, 1, new CheckpointTaken("restored", known));

        var outcome = apply(OTHER, 1, new CheckpointTaken("restored", known));

        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(fold.parking(BOT)).isPresent();
    }

    @Test
    void isNotForAFormerOwnersLateRecord() {
        assertThat(fold.park(new NotUnderstood(BOT, fold.epoch() - 1, sequence + 1, TYPE, "unknown"), OFFSET))
                .isEqualTo(new Skipped(SkipReason.FENCED));

        assertThat(fold.parked()).isEmpty();
    }

    @Test
    void isNotForARecordThatCameAlready() {
        assertThat(park(sequence)).isEqualTo(SkipReason.DUPLICATE);

        assertThat(fold.parked()).isEmpty();
    }

    @Test
    void isForARecordThatLeavesNumbersOut() {
        assertThat(park(sequence + 5)).as("it may be a kind of checkpoint").isEqualTo(SkipReason.PARKED);
    }

    @Test
    void outlivesItsOwner() {
        park(sequence + 1);

        fold.apply(new OwnershipClaimed(new UUID(1, 1), NOW, "/next", fold.epoch() + 1, "http://next"));

        assertThat(apply(BOT, sequence + 2, new BotStarted())).isEqualTo(new Skipped(SkipReason.PARKED));
    }

    /**
     * A replica of this version beside one of the next: whatever it shows as followed, is as the next version has it. But for the token of a
     * bot that runs elsewhere, which a checkpoint leaves as it is.
     */
    @EverySeed
    void neverShowsAnotherStateThanAVersionThatUnderstands(long seed) {
        var random = new Random(seed);
        var understands = new PartitionFold();
        var here = new PartitionFold();
        for (var entry : new RandomRecords(seed).log(400)) {
            understands.apply(entry);
            if (entry instanceof BotEventRecorded event
                    && !(event.event() instanceof CheckpointTaken)
                    && random.nextInt(20) == 0) {
                here.park(new NotUnderstood(event.bot(), event.epoch(), event.sequence(), TYPE, "unknown"), 0);
            } else {
                here.apply(entry);
            }
            for (var state : understands.bots()) {
                if (here.parking(state.id()).isEmpty()) {
                    assertThat(withoutToken(here.find(state.id()).orElseThrow()))
                            .isEqualTo(withoutToken(state));
                }
            }
        }
    }

    /** Whoever stores states and parking, and goes on from there, has the same as one that read all. */
    @EverySeed
    void goesOnFromAStoredPlace(long seed) {
        var random = new Random(seed);
        var whole = new PartitionFold();
        var inPieces = new PartitionFold();
        for (var entry : new RandomRecords(seed).log(400)) {
            if (entry instanceof BotEventRecorded event && random.nextInt(20) == 0) {
                var strange = new NotUnderstood(event.bot(), event.epoch(), event.sequence(), TYPE, "unknown");
                assertThat(inPieces.park(strange, OFFSET)).isEqualTo(whole.park(strange, OFFSET));
            } else {
                assertThat(inPieces.apply(entry)).isEqualTo(whole.apply(entry));
            }
            if (random.nextInt(10) == 0) {
                inPieces = new PartitionFold(inPieces.epoch(), inPieces.bots(), inPieces.parked());
            }
        }

        assertThat(inPieces.parked()).isEqualTo(whole.parked());
        assertThat(inPieces.bots()).containsExactlyInAnyOrderElementsOf(whole.bots());
    }

    private static List<Object> withoutToken(BotState state) {
        return List.of(
                state.sequence(),
                state.updatedAt(),
                state.lifecycle(),
                state.portfolio(),
                state.outcomes(),
                state.configurations());
    }

    private SkipReason park(long number) {
        return fold.park(new NotUnderstood(BOT, fold.epoch(), number, TYPE, "unknown"), OFFSET)
                .reason();
    }

    private FoldOutcome apply(BotId bot, long number, BotEvent event) {
        return fold.apply(
                new BotEventRecorded(new UUID(2, number), NOW, "/here", fold.epoch(), bot, number, null, null, event));
    }
}
