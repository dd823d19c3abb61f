package io.everstate.state.past;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.log.ReadableLog.Reader;
import io.everstate.state.log.RecordMark;
import io.everstate.state.past.BotReplay.Counted;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.Search.Question;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.NotYet;
import io.everstate.state.past.Then.Was;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a bot was, exactly: the fold of its partition's log up to a place, from the nearest earlier state that was kept. Nothing is read
 * beyond the place up to which the bot is folded now, so past and present never contradict each other.
 *
 * <p>A bot's state <em>at a time</em> is the state after the last of its events, in the log's order, whose time is not later. The times are
 * those of the clocks of its owners; reading ends at the first event that is later by more than those can differ.
 */
@Singleton
public final class Past {
    private final PresentBots present;
    private final EarlierStates earlier;
    private final ReadableLog log;
    private final RecordCodec codec;
    private final PastConfiguration configuration;

    Past(
            PresentBots present,
            EarlierStates earlier,
            ReadableLog log,
            RecordCodec codec,
            PastConfiguration configuration) {
        this.present = present;
        this.earlier = earlier;
        this.log = log;
        this.codec = codec;
        this.configuration = configuration;
    }

    /** The same of records that are kept elsewhere. */
    public Past of(ReadableLog archived) {
        return new Past(present, earlier, archived, codec, configuration);
    }

    /**
     * An earlier state and from where it was had.
     *
     * @param from null when the bot is now as it was then
     * @param parked why it is not followed from there on, so that it may have been another then; null when it is
     */
    public record Found(
            BotState state,
            @Nullable EarlierState from,
            @Nullable ParkedBot parked) {
        static Found present(BotState state, @Nullable ParkedBot parked) {
            return new Found(state, null, parked);
        }
    }

    /**
     * The bot as it was then; of one that was parked then, as it was known.
     *
     * @throws ProblemException NOT_FOUND when there was no such bot then, or the log does not reach back so far; UNAVAILABLE when a retry can
     *     help
     */
    public Found at(BotId bot, Instant time) {
        var now = present.known(bot);
        if (!now.state().updatedAt().isAfter(time)) {
            return now.foundAt(time);
        }
        return exact(lastBefore(now, Question.at(now, time, configuration.latest(time))));
    }

    private static Found exact(Then then) {
        return switch (then) {
            case Was(var found) -> found;
            case NotYet(var why, var _) -> throw new ProblemException(ProblemType.NOT_FOUND, why);
            case CutShort(var _, var why) -> throw new LogBeginsLaterException(why, null);
        };
    }

    /**
     * The bot after its event of this number, or after the last one before it where a checkpoint left the number out.
     *
     * @throws ProblemException CONFLICT when this version does not know what that event made of it; NOT_FOUND when there is no such event so far, or the log does not reach back so far; UNAVAILABLE when a retry
     *     can help
     */
    public Found after(BotId bot, long sequence) {
        return exact(thenAfter(bot, sequence));
    }

    /**
     * As {@link #after}, and from where; where this log begins too late, or has nothing of the bot so early, that is said.
     *
     * @throws ProblemException CONFLICT when this version does not know what that event made of it; NOT_FOUND when there is no such event so far;
     *     UNAVAILABLE when a retry can help
     */
    public Then thenAfter(BotId bot, long sequence) {
        return understood(lookUp(bot, sequence), sequence);
    }

    /**
     * The same of a log in whose place the present one came. Where it ends nobody knows: what it says is exact when it has that event, or a
     * later one of the bot, and else {@link CutShort}.
     */
    public Then thenAfter(BotId bot, long sequence, String olderTopicId) {
        var then = present.known(bot).cut(olderTopicId, Long.MAX_VALUE);
        return understood(lastBefore(then, Question.after(then, sequence)), sequence);
    }

    /** The same state where it does not matter that events may be unknown that lie before that number. */
    public BotState knownAfter(BotId bot, long sequence) {
        return exact(lookUp(bot, sequence)).state();
    }

    private Then lookUp(BotId bot, long sequence) {
        var now = present.known(bot);
        if (sequence > now.state().sequence()) {
            refuseWhatWasPassedOver(now.parked(), now.state(), sequence);
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "the newest event of bot %s is %d"
                            .formatted(bot, now.state().sequence()));
        }
        if (sequence == now.state().sequence()) {
            return new Was(Found.present(now.state(), null));
        }
        return lastBefore(now, Question.after(now, sequence));
    }

    private static Then understood(Then then, long sequence) {
        var known = switch (then) {
            case Was(var found) -> found;
            case CutShort(var kept, var _) -> kept;
            case NotYet _ -> null;
        };
        if (known != null) {
            refuseWhatWasPassedOver(known.parked(), known.state(), sequence);
        }
        return then;
    }

    /** An event was asked for, and not a time: the state before it is not the answer. */
    private static void refuseWhatWasPassedOver(@Nullable ParkedBot parked, BotState known, long sequence) {
        if (parked != null && parked.parking().sequence() >= sequence) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "event %d of bot %s lies behind the record at offset %d, %s, which is not understood; it is known up to event %d"
                            .formatted(
                                    sequence,
                                    known.id(),
                                    parked.parking().offset(),
                                    parked.parking().type(),
                                    known.sequence()));
        }
    }

    private Then lastBefore(PresentBot now, Question question) {
        now.requireFolded();
        return new Beginnings(earlier).latest(question.wanted(), from -> then(now, from, question, now.nextOffset()));
    }

    /** Empty when the log does not have the place any more. */
    private Optional<Then> then(PresentBot now, EarlierState from, Question question, long to) {
        var search = new Search(now, from, question, codec);
        try {
            if (!read(now.partition(), from, to, search::read)) {
                return Optional.empty();
            }
        } catch (LogBeginsLaterException e) {
            search.breakOff(e.detail());
        }
        return Optional.of(search.then());
    }

    /** Returns false, and shows nothing, when the log does not have the place any more. */
    private boolean read(int partition, EarlierState from, long to, Reader reader) {
        var last = from.last();
        if (last != null && last.offset() < from.nextOffset()) {
            return log.readBehind(partition, last, to, reader);
        }
        // where a bot was parked it begins in front of that record
        if (last != null && (last.offset() >= to || !log.holds(partition, last))) {
            return false;
        }
        log.read(partition, from.nextOffset(), to, reader);
        return true;
    }

    /**
     * Whether a place is one of the log from which a bot is folded now.
     *
     * @param last the record in front of the place; null = not known, and only the beginning of the log needs none
     * @throws ProblemException UNAVAILABLE when a retry can help
     */
    public boolean isOfTheLog(BotId bot, String topicId, long nextOffset, @Nullable RecordMark last) {
        var now = present.known(bot);
        now.requireFolded();
        return now.topicId().equals(topicId)
                && nextOffset <= now.nextOffset()
                && (nextOffset == 0 || (last != null && log.holds(now.partition(), last)));
    }

    /**
     * The bot as it was at a place of its partition; of one that was parked there, as it was known. Where the log begins too late, or is another
     * one by now, {@link CutShort} with the state from which it was to be gone on.
     *
     * @param from where to go on from, in the log in which the place is, see {@link #isOfTheLog}
     * @throws ProblemException UNAVAILABLE when a retry can help
     */
    public Then before(BotId bot, EarlierState from, CutPlace place) {
        var now = present.known(bot);
        now.requireFolded();
        var question = Question.before(now, place);
        if (now.topicId().equals(place.topicId()) && place.offset() <= now.nextOffset()) {
            var then = then(now, from, question, place.offset());
            if (then.isPresent()) {
                return then.get();
            }
        }
        var anew = "the log of bot " + bot + " was made anew since";
        return new CutShort(new Search(now, from, question, codec).kept(), anew);
    }

    /**
     * The events of a bot that count, in the log's order.
     *
     * @param after the sequence of the last one that is known
     * @param limit how many at most
     * @throws ProblemException as {@link #after}
     */
    public Page<EventView> events(BotId bot, long after, int limit) {
        var now = present.known(bot);
        var page = new EventPage(after, limit);
        if (after < now.state().sequence()) {
            now.requireFolded();
            var wanted = now.wanted(null, state -> state.sequence() <= after);
            new Beginnings(earlier)
                    .latest(wanted, from -> replay(now, from, page) ? Optional.of(page) : Optional.empty());
        }
        return page.upTo(now.state().sequence());
    }

    private boolean replay(PresentBot now, EarlierState from, EventPage page) {
        var replay = new BotReplay(now.state().id(), from, codec);
        var newest = now.state().sequence();
        return read(
                now.partition(),
                from,
                now.nextOffset(),
                stored -> replay.fold(stored)
                        .map(step -> !(step instanceof Counted counted)
                                || (page.add(counted) && counted.state().sequence() < newest))
                        .orElse(true));
    }

    /**
     * The bot as it is folded now.
     *
     * @throws ProblemException NOT_FOUND when there is no such bot
     */
    public BotState now(BotId bot) {
        return present.known(bot).state();
    }

    /** Kafka's id of the topic from which the bot is folded. */
    public String topicIdOf(BotId bot) {
        return present.known(bot).topicId();
    }

    /** In which partition the bot is. */
    public int partitionOf(BotId bot) {
        return present.known(bot).partition();
    }
}
