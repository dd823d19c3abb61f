package io.everstate.state.past;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.RecordMark;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.Past.Found;
import io.everstate.state.past.Search.Question;
import io.everstate.state.past.Then.Was;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From a place at which the bot was parked because the log had lost its end. */
class SearchTest {
    private static final int PLACE = 10;
    private static final int LOST_UP_TO = 7;

    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();
    private final BotState known = folded(owner.created(bot), owner.started(bot), owner.trade(bot, 3));
    private final ParkedBot lost = new ParkedBot(
            bot,
            new Parking(ParkedBot.LOST_END, "lost", PLACE - 1, LOST_UP_TO),
            1,
            Instant.parse("2026-02-01T00:00:00Z"));
    private final EarlierState from = begin(lost);

    private static BotState folded(LogRecord... entries) {
        var fold = new PartitionFold();
        fold.apply(new Owner(1).claim());
        List.of(entries).forEach(fold::apply);
        return fold.bots().iterator().next();
    }

    private EarlierState begin(@Nullable ParkedBot parkedThere) {
        var last = new RecordMark(PLACE - 1, "of the record in front of it");
        return new EarlierState(PLACE, 1, known, parkedThere, last, UUID.randomUUID(), List.of());
    }

    private Search search() {
        return search(from);
    }

    private Search search(EarlierState from) {
        var now = new PresentBot(known, 0, "topic", 100, false, null);
        var time = Instant.parse("2026-03-01T00:00:00Z");
        return new Search(now, from, Question.at(now, time, time), StoredRecords.CODEC);
    }

    private static Found was(Search search) {
        return ((Was) search.then()).found();
    }

    @Test
    void aPlaceIsNeverKnownByItsOffsetAlone() {
        assertThatThrownBy(() -> new EarlierState(PLACE, 1, known, null, null, from.snapshot(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EarlierState(PLACE, 1, known, null, from.last(), null, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isParkedStillWhereNothingFollows() {
        var found = was(search());

        assertThat(found.state()).isEqualTo(known);
        assertThat(found.parked()).isEqualTo(lost);
    }

    @Test
    void isParkedUpToTheLastThatWasPassedOver() {
        var search = search();

        assertThat(search.read(MemoryLog.stored(PLACE, owner.trade(bot, LOST_UP_TO + 1))))
                .isTrue();
        assertThat(was(search).state()).isEqualTo(known);
        assertThat(requireNonNull(was(search).parked()).parking().sequence()).isEqualTo(LOST_UP_TO + 1);
    }

    @Test
    void isFollowedFromTheCheckpointThatTakesItUp() {
        var search = search();
        search.read(
                MemoryLog.stored(PLACE, owner.record(bot, LOST_UP_TO + 1, new CheckpointTaken("force-save", known))));

        assertThat(was(search).state().sequence()).isEqualTo(LOST_UP_TO + 1);
        assertThat(was(search).parked()).isNull();
    }

    @Test
    void isParkedInWhatWasKeptWhereTheLogBeginsLater() {
        var search = search();
        search.read(
                MemoryLog.stored(PLACE, owner.record(bot, LOST_UP_TO + 1, new CheckpointTaken("force-save", known))));

        var kept = requireNonNull(search.kept());
        assertThat(kept.state()).isEqualTo(known);
        assertThat(kept.parked()).isEqualTo(lost);
    }

    @Test
    void isParkedInWhatWasKeptAlsoWhereItWouldBeginAtTheRecordThatParkedIt() {
        var parking = new Parking("io.everstate.bot.cloned.v9", "unknown", PLACE - 1, LOST_UP_TO);
        var parked = new ParkedBot(bot, parking, 1, lost.since());
        var atTheRecord = begin(null).whereParked(parked);

        var search = search(atTheRecord);

        assertThat(search.from()).isEqualTo(PLACE - 1);
        assertThat(was(search).parked()).isNull();
        assertThat(requireNonNull(search.kept()).parked()).isEqualTo(parked);
    }
}
