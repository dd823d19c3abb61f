package io.everstate.state.past;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.RecordMark;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.Search.Question;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.NotYet;
import io.everstate.state.past.Then.Was;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two bots whose events 1 to 5 stand in turn at offsets 1 to 10 behind a claim, each one second behind the one before. */
class PassSearchesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long END = 11;

    private final Owner owner = new Owner(1);
    private final BotId first = Owner.newBot();
    private final BotId second = Owner.newBot();
    private final List<LogRecord> entries = new ArrayList<>();
    private final MemoryLog log = new MemoryLog();
    private final Map<BotId, EarlierState> kept = new HashMap<>();

    @BeforeEach
    void twoBotsTrade() {
        write(owner.claim(), owner.created(first), owner.created(second), owner.started(first), owner.started(second));
        for (int sequence = 3; sequence <= 5; sequence++) {
            write(owner.trade(first, sequence), owner.trade(second, sequence));
        }
    }

    private void write(LogRecord... more) {
        for (var entry : more) {
            entries.add(entry);
            log.add(entry);
        }
    }

    private static BotEventRecorded at(long seconds, BotEventRecorded event) {
        return new BotEventRecorded(
                event.id(),
                BEGIN.plusSeconds(seconds),
                event.source(),
                event.epoch(),
                event.bot(),
                event.sequence(),
                event.idempotencyKey(),
                event.traceparent(),
                event.event());
    }

    private Optional<BotState> folded(BotId bot, long end) {
        var fold = new PartitionFold();
        entries.stream().limit(end).forEach(fold::apply);
        return fold.find(bot);
    }

    /** What its owner knows of a bot that was made one second behind the beginning, in another log or elsewhere. */
    private BotState known(BotId bot) {
        var fold = new PartitionFold();
        List.of(owner.claim(), owner.created(bot), owner.started(bot)).forEach(fold::apply);
        return fold.find(bot).orElseThrow();
    }

    private PresentBot now(BotId bot) {
        return new PresentBot(folded(bot, entries.size()).orElseThrow(), 0, "topic", END, false, null);
    }

    /** A snapshot's cut at this offset. */
    private void keep(BotId bot, long offset) {
        keep(bot, offset, log.mark(offset - 1));
    }

    private void keep(BotId bot, long offset, RecordMark last) {
        var state = folded(bot, offset).orElse(null);
        kept.put(bot, new EarlierState(offset, 1, state, null, last, UUID.randomUUID(), List.of()));
    }

    private PassSearches searches() {
        EarlierStates earlier = wanted -> Optional.ofNullable(kept.get(wanted.bot()))
                .filter(place -> !wanted.lost().contains(place.snapshot()));
        return new PassSearches(log, earlier, StoredRecords.CODEC);
    }

    /** At so many seconds, in the log that there is. */
    private Map<BotId, Then> now(long seconds) {
        var time = BEGIN.plusSeconds(seconds);
        var searches = searches();
        for (var bot : List.of(first, second)) {
            searches.begin(now(bot), Question.at(now(bot), time, time));
        }
        return searches.read(0);
    }

    /** At so many seconds, in a log of which nobody knows where it ends. */
    private Map<BotId, Then> older(long seconds, BotId... bots) {
        return older(seconds, seconds, bots);
    }

    private Map<BotId, Then> older(long seconds, long latest, BotId... bots) {
        var searches = searches().until(BEGIN.plusSeconds(latest));
        for (var bot : bots) {
            var then = now(bot).cut("older", Long.MAX_VALUE);
            searches.begin(then, Question.at(then, BEGIN.plusSeconds(seconds), BEGIN.plusSeconds(latest)));
        }
        return searches.read(0);
    }

    private static void assertWas(@Nullable Then then, long sequence) {
        assertThat(then)
                .isInstanceOfSatisfying(
                        Was.class,
                        was -> assertThat(was.found().state().sequence()).isEqualTo(sequence));
    }

    private static void assertKept(@Nullable Then then, long sequence) {
        assertThat(then)
                .isInstanceOfSatisfying(
                        CutShort.class,
                        cut -> assertThat(requireNonNull(cut.kept()).state().sequence())
                                .isEqualTo(sequence));
    }

    private static void assertNothingKept(@Nullable Then then, long offset) {
        assertThat(then).isEqualTo(new CutShort(null, "offset %d is not to be had".formatted(offset)));
    }

    private static void assertNotYet(@Nullable Then then, boolean born) {
        assertThat(then)
                .isInstanceOfSatisfying(
                        NotYet.class, none -> assertThat(none.born()).isEqualTo(born));
    }

    @Test
    void readTheLogOnceFromTheEarliestPlaceThatOneNeeds() {
        keep(first, 5);
        keep(second, 3);

        var then = now(4);

        assertWas(then.get(first), 4);
        assertWas(then.get(second), 4);
        assertThat(log.readings).containsExactly(3L);
    }

    @Test
    void aLogThatBeginsTooLateForOneAnswersTheOther() {
        keep(second, 5);
        log.lose(0, 5);

        var then = now(4);

        assertNothingKept(then.get(first), 0);
        assertWas(then.get(second), 4);
        assertThat(log.readings).containsExactly(0L, 5L);
    }

    @Test
    void ofOneForWhichItBeginsTooLateWhatWasKeptIsSaid() {
        keep(first, 3);
        log.lose(0, 5);

        assertKept(now(4).get(first), 1);
    }

    @Test
    void whatIsMissingInTheMiddleIsMissingToWhoNeedsItAlone() {
        keep(second, 9);
        log.lose(7, 8);

        var then = now(4);

        assertNothingKept(then.get(first), 7);
        assertWas(then.get(second), 4);
        kept.clear();
        assertWas(now(2).get(first), 2);
        assertWas(now(2).get(second), 2);
    }

    @Test
    void thatABotHadNoEventSoEarlySaysOnlyItsFirstEventOfAll() {
        var moved = Owner.newBot();
        write(at(20, owner.record(moved, 20, new CheckpointTaken("log anew", known(moved)))));
        var born = Owner.newBot();
        write(at(21, owner.record(born, 1, new CheckpointTaken("import", known(born)))));

        var then = older(5, first, moved, born);

        assertWas(then.get(first), 5);
        assertNotYet(then.get(moved), false);
        assertNotYet(then.get(born), true);
    }

    @Test
    void anOlderLogIsExactWhereItHasALaterRecordOfWhomever() {
        log.lose(10, END);

        var then = older(4, second);

        assertWas(then.get(second), 4);
        assertThat(log.lastShown).as("that of the other bot's event 5").isEqualTo(9);
    }

    @Test
    void anOlderLogIsNotExactWhereItHasNoLaterRecord() {
        var then = older(5, first, second);

        assertNothingKept(then.get(first), END);
        assertNothingKept(then.get(second), END);
        keep(first, 5);
        assertKept(older(5, first).get(first), 2);
    }

    @Test
    void aRecordIsLaterWhenItIsByMoreThanClocksCanDiffer() {
        assertNothingKept(older(4, 5, first).get(first), END);
        assertWas(older(3, 4, first).get(first), 3);
    }

    @Test
    void anOlderLogIsReadNoFurtherThanToTheLaterRecord() {
        log.lose(6, END);

        var then = older(2, first, second);

        assertWas(then.get(first), 2);
        assertWas(then.get(second), 2);
        assertThat(log.lastShown).isEqualTo(5);
    }

    @Test
    void whereAnOlderLogEndsBehindABotsFirstEventThereWasNoSuchBotBefore() {
        var born = Owner.newBot();
        write(at(20, owner.record(born, 1, new CheckpointTaken("import", known(born)))));

        assertNotYet(older(19, 30, born).get(born), true);
    }

    @Test
    void ofABotThatSaysThatItWasMadeLaterNoOlderLogIsAsked() {
        var moved = Owner.newBot();
        write(at(20, owner.record(moved, 20, new CheckpointTaken("log anew", known(moved)))));

        assertNotYet(older(0, 30, moved).get(moved), true);
        assertNotYet(older(1, moved).get(moved), false);
    }

    @Test
    void ofABotThatAnOlderLogHasNothingOfNobodyKnowsWhereThatEndsTooEarly() {
        var moved = Owner.newBot();
        write(at(20, owner.record(moved, 20, new CheckpointTaken("log anew", known(moved)))));
        var now = now(moved);
        log.lose(END, END + 1);
        var searches = searches().until(BEGIN.plusSeconds(5));
        var then = now.cut("older", Long.MAX_VALUE);
        searches.begin(then, Question.at(then, BEGIN.plusSeconds(5), BEGIN.plusSeconds(5)));

        assertNothingKept(searches.read(0).get(moved), END);
    }

    /** Made one second behind the beginning; its first event stands behind the cut. */
    @Test
    void ofABotWithoutAnEventInFrontOfACutOnlyItsTimeSaysThatItWasMadeLater() {
        assertNotYet(inFrontOf(new CutPlace("topic", 1, BEGIN)), true);
        assertNotYet(inFrontOf(new CutPlace("topic", 1, BEGIN.plusSeconds(1))), false);
    }

    private @Nullable Then inFrontOf(CutPlace place) {
        var searches = searches();
        var cut = now(first).cut(place.topicId(), place.offset());
        searches.begin(cut, Question.before(cut, place), EarlierState.BEGIN);
        return searches.read(0).get(first);
    }

    @Test
    void aPlaceBehindTheEndOfAnOlderLogIsBelievedAndNotExact() {
        keep(first, END, new RecordMark(END - 1, "not archived"));
        log.lose(10, END);

        assertKept(older(5, first).get(first), 5);
    }

    @Test
    void aPlaceBehindALaterRecordIsExact() {
        keep(first, 5);
        var far = requireNonNull(kept.get(first));
        kept.put(
                first,
                new EarlierState(
                        50, 1, far.state(), null, new RecordMark(49, "not archived"), far.snapshot(), List.of()));

        assertWas(older(2, first, second).get(first), 2);
        assertThat(log.readings).containsExactly(0L);
    }

    @Test
    void aPlaceOfALostEndIsNotBegunFrom() {
        keep(first, 5, new RecordMark(4, "of another record"));

        var then = older(4, first);

        assertWas(then.get(first), 4);
        assertThat(log.readings).containsExactly(0L);
    }
}
