package io.everstate.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.FoldOutcome.Refused;
import io.everstate.contracts.log.FoldOutcome.Released;
import io.everstate.contracts.log.FoldOutcome.Skipped;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.NaivePartition.Verdict;
import io.everstate.contracts.sample.EverySeed;
import io.everstate.contracts.sample.RandomRecords;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionFoldPropertiesTest {
    private static final int LENGTH = 400;

    @EverySeed
    void countsExactlyTheRecordsThatANaiveModelCounts(long seed) {
        var fold = new PartitionFold();
        var naive = new NaivePartition();

        for (var entry : new RandomRecords(seed).log(LENGTH)) {
            var expected = naive.verdict(entry);
            var outcome = fold.apply(entry);

            assertThat(verdictOf(outcome)).as("%s", entry).isEqualTo(expected);
            if (counted(outcome)) {
                naive.count(entry);
            }
        }
    }

    @EverySeed
    void knowsABotExactlyWhenACountedEventMadeIt(long seed) {
        var fold = new PartitionFold();
        var naive = new NaivePartition();

        for (var entry : new RandomRecords(seed).log(LENGTH)) {
            var outcome = fold.apply(entry);
            if (counted(outcome)) {
                naive.count(entry);
            }
            if (entry instanceof BotEventRecorded recorded) {
                assertThat(fold.find(recorded.bot()).isPresent()).isEqualTo(naive.knows(recorded.bot()));
            }
        }
    }

    @EverySeed
    void givesAnOutcomeForEveryEventOnEveryState(long seed) {
        var random = new RandomRecords(seed);
        var fold = new PartitionFold();
        random.log(LENGTH).forEach(fold::apply);

        var outcomes = Stream.generate(random::any)
                .limit(LENGTH)
                .map(entry -> inOrder(entry, fold))
                .map(fold::apply)
                .toList();

        assertThat(outcomes).hasSize(LENGTH).doesNotContainNull();
    }

    @EverySeed
    void makesTheSameStateOfTheSameRecords(long seed) {
        var first = new PartitionFold();
        var second = new PartitionFold();
        new RandomRecords(seed).log(LENGTH).forEach(first::apply);

        new RandomRecords(seed).log(LENGTH).forEach(second::apply);

        assertThat(second.bots()).containsExactlyInAnyOrderElementsOf(first.bots());
        assertThat(second.epoch()).isEqualTo(first.epoch());
    }

    /** What a replica does that loads a partition from the database and folds the rest of the log. */
    @EverySeed
    void goesOnFromAnyPlaceAsIfItHadReadAll(long seed) {
        var log = new RandomRecords(seed).log(LENGTH);
        var whole = new PartitionFold();
        log.forEach(whole::apply);
        var place = (int) (seed * 37 % LENGTH);
        var before = new PartitionFold();
        log.subList(0, place).forEach(before::apply);

        var after = new PartitionFold(before.epoch(), before.bots());
        log.subList(place, LENGTH).forEach(after::apply);

        assertThat(after.bots()).containsExactlyInAnyOrderElementsOf(whole.bots());
        assertThat(after.epoch()).isEqualTo(whole.epoch());
    }

    /** A consumer that reads records twice, from any place again, ends where it was. */
    @EverySeed
    void changesNothingWhenTheEndIsReadAgain(long seed) {
        var log = new RandomRecords(seed).log(LENGTH);
        var fold = new PartitionFold();
        log.forEach(fold::apply);
        var bots = fold.bots();

        var present = log.stream().filter(entry -> counts(entry, fold)).toList();
        present.forEach(fold::apply);

        assertThat(fold.bots()).isEqualTo(bots);
    }

    @EverySeed
    void changesNothingByWhatItRefusesOrSkips(long seed) {
        var fold = new PartitionFold();

        for (var entry : new RandomRecords(seed).log(LENGTH)) {
            var bots = Set.copyOf(fold.bots());
            var epoch = fold.epoch();
            var outcome = fold.apply(entry);
            if (outcome instanceof Refused || outcome instanceof Skipped) {
                assertThat(fold.bots()).containsExactlyInAnyOrderElementsOf(bots);
                assertThat(fold.epoch()).isEqualTo(epoch);
            }
        }
    }

    @EverySeed
    void keepsStatesSmallAndNumberedByTheirNewestEvent(long seed) {
        var fold = new PartitionFold();

        for (var entry : new RandomRecords(seed).log(LENGTH)) {
            if (fold.apply(entry) instanceof Applied(var state) && entry instanceof BotEventRecorded recorded) {
                assertThat(state.sequence()).isEqualTo(recorded.sequence());
                assertThat(state.updatedAt()).isEqualTo(recorded.time());
                assertThat(state.portfolio().recentTrades()).hasSizeLessThanOrEqualTo(Portfolio.RECENT_TRADES);
                assertThat(state.outcomes()).hasSizeLessThanOrEqualTo(BotState.OUTCOMES);
                if (recorded.idempotencyKey() != null) {
                    assertThat(state.outcomeOf(recorded.idempotencyKey())).isPresent();
                }
            }
        }
    }

    /** Else the properties above could hold because nothing ever happened. */
    @Test
    void meetsEveryVerdictAndEveryRefusalOverAllSeeds() {
        var verdicts = EnumSet.noneOf(Verdict.class);
        var refusals = new HashSet<>();
        LongStream.rangeClosed(1, 100).forEach(seed -> {
            var fold = new PartitionFold();
            for (var entry : new RandomRecords(seed).log(LENGTH)) {
                var outcome = fold.apply(entry);
                verdicts.add(verdictOf(outcome));
                if (outcome instanceof Refused(var refusal)) {
                    refusals.add(refusal);
                }
            }
        });

        assertThat(verdicts).containsExactlyInAnyOrder(Verdict.values());
        // an owner refuses a command as superseded before there is an event to fold
        var ofTheFold = EnumSet.complementOf(EnumSet.of(Refusal.SUPERSEDED));
        assertThat(refusals).containsExactlyInAnyOrder(ofTheFold.toArray());
    }

    private static boolean counted(FoldOutcome outcome) {
        return !(outcome instanceof Skipped || outcome instanceof Refused);
    }

    private static Verdict verdictOf(FoldOutcome outcome) {
        return switch (outcome) {
            case Claimed _, Released _ -> Verdict.CLAIMED;
            case Applied _, Refused _ -> Verdict.IN_ORDER;
            case Skipped(var reason) -> Verdict.valueOf(reason.name());
        };
    }

    private static boolean counts(LogRecord entry, PartitionFold fold) {
        return entry instanceof BotEventRecorded recorded
                && fold.find(recorded.bot()).map(BotState::sequence).orElse(0L) >= recorded.sequence();
    }

    /** The same event as the bot's next of the present owner, so that the order does not keep it from the state. */
    private static LogRecord inOrder(LogRecord entry, PartitionFold fold) {
        if (!(entry instanceof BotEventRecorded recorded)) {
            return entry;
        }
        var known = fold.find(recorded.bot()).map(BotState::sequence).orElse(0L);
        return new BotEventRecorded(
                recorded.id(),
                recorded.time(),
                recorded.source(),
                fold.epoch(),
                recorded.bot(),
                known + 1,
                recorded.idempotencyKey(),
                recorded.traceparent(),
                recorded.event());
    }
}
