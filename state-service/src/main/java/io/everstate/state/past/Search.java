package io.everstate.state.past;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.past.BotReplay.Counted;
import io.everstate.state.past.BotReplay.PassedOver;
import io.everstate.state.past.BotReplay.Step;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.EarlierStates.Wanted;
import io.everstate.state.past.Past.Found;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.NotYet;
import io.everstate.state.past.Then.Was;
import java.time.Instant;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Looks for the last state of one bot that is early enough, on the way from an earlier place to where the bot is folded now. */
final class Search {
    private final PresentBot now;
    private final EarlierState from;
    private final Question question;
    private final BotReplay replay;
    private @Nullable BotState newest;
    private @Nullable ParkedBot parked;
    private boolean over;
    /** Of the first of its events that it saw; 0 before. */
    private long first;

    private boolean allEarlySeen;
    private @Nullable String brokenOff;

    Search(PresentBot now, EarlierState from, Question question, RecordCodec codec) {
        this.now = now;
        this.from = from;
        this.question = question;
        this.replay = new BotReplay(now.state().id(), from, codec);
        this.newest = from.state();
        this.parked = from.parkedOnwards();
        this.over = from.nextOffset() >= now.nextOffset();
    }

    /**
     * @param passed whether a record that was passed over lies before what is asked for
     * @param none what is said when there was no such bot
     * @param madeLater whether the bot says of itself that it was made later than what is asked for
     */
    record Question(
            Wanted wanted,
            Predicate<Counted> early,
            Predicate<Counted> enough,
            Predicate<PassedOver> passed,
            String none,
            boolean madeLater) {
        /** @param end so late that no event behind it can be early enough */
        static Question at(PresentBot now, Instant time, Instant end) {
            return new Question(
                    now.wanted(time, state -> !state.updatedAt().isAfter(time)),
                    counted -> !counted.entry().time().isAfter(time),
                    counted -> counted.entry().time().isAfter(end),
                    passed -> !passed.at().isAfter(time),
                    "there was no bot " + now.state().id() + " at " + time,
                    now.state().lifecycle().createdAt().isAfter(time));
        }

        /** All that is read. A bot of which that is nothing may have come from an older log since, but not when it was made later. */
        static Question before(PresentBot now, CutPlace place) {
            return new Question(
                    now.wanted(null, _ -> true),
                    _ -> true,
                    _ -> false,
                    _ -> true,
                    "there was no bot %s in front of offset %d"
                            .formatted(now.state().id(), place.offset()),
                    now.state().lifecycle().createdAt().isAfter(place.time()));
        }

        static Question after(PresentBot now, long sequence) {
            return new Question(
                    now.wanted(null, state -> state.sequence() <= sequence),
                    counted -> counted.state().sequence() <= sequence,
                    counted -> counted.state().sequence() >= sequence,
                    passed -> passed.sequence() <= sequence,
                    "the log does not hold event %d of bot %s"
                            .formatted(sequence, now.state().id()),
                    false);
        }
    }

    PresentBot now() {
        return now;
    }

    /** Where the first record is that it has not seen. */
    long from() {
        return from.nextOffset();
    }

    boolean over() {
        return over;
    }

    /**
     * Sees the records in the log's order; those in front of its place and behind its end are passed over.
     *
     * @return whether it wants the next one
     */
    boolean read(ConsumerRecord<byte[], byte[]> stored) {
        over |= stored.offset() >= now.nextOffset();
        if (over || stored.offset() < from.nextOffset()) {
            return !over;
        }
        replay.fold(stored).ifPresent(this::see);
        return !over;
    }

    private void see(Step step) {
        switch (step) {
            case Counted counted -> {
                begins(counted.entry().sequence());
                if (question.early().test(counted)) {
                    newest = counted.state();
                    parked = null;
                }
                over = allEarlySeen || question.enough().test(counted);
            }
            case PassedOver passed -> {
                begins(passed.sequence());
                if (question.passed().test(passed)) {
                    parked = passed.parked();
                }
            }
        }
    }

    private void begins(long sequence) {
        first = first == 0 ? sequence : first;
    }

    /** What it has is what was then; of a bot of which it has nothing it still wants the first event. */
    void seesNothingEarlyAnyMore() {
        allEarlySeen = true;
        over |= newest != null || first > 0;
    }

    /** What comes now is not to be had. */
    void breakOff(String why) {
        brokenOff = why;
        over = true;
    }

    /** What came of it. */
    Then then() {
        var isBorn = first == 1 || question.madeLater();
        if (brokenOff != null && !(newest == null && isBorn)) {
            return new CutShort(kept(), brokenOff);
        }
        return newest == null ? new NotYet(question.none(), isBorn) : new Was(new Found(newest, from, parked));
    }

    /**
     * Where the log begins behind its place.
     *
     * @return the newest state that was kept from before; null when there is none
     */
    @Nullable
    Found kept() {
        return from.state() == null ? null : new Found(from.state(), from, from.parked());
    }
}
