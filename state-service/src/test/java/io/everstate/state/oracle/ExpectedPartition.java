package io.everstate.state.oracle;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.FoldOutcome.Refused;
import io.everstate.contracts.log.FoldOutcome.Released;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.FoldOutcome.Skipped;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.fold.FoldedTrade;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.SkipCounts;
import io.everstate.state.fold.StoredHeaders;
import io.everstate.state.fold.StoredRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One partition's log folded in the plainest way: in one go, from its start, in memory. Where a log replaced another one, what had been folded
 * of that is what is known before.
 */
public final class ExpectedPartition {
    private final int partition;
    private String topicId;
    private List<ConsumerRecord<String, byte[]>> log;
    private Map<BotId, BotState> known = Map.of();
    private List<FoldedTrade> trades = List.of();
    private SkipCounts skipped = SkipCounts.NONE;
    private Map<Found, Noted> findings = Map.of();
    /** Where the log ended when it was found to be another; -1 for the first one. */
    private long anewTo = -1;

    /** @param offset of the record at which it was found */
    private record Noted(long offset, boolean over) {}

    public ExpectedPartition(int partition, String topicId, List<ConsumerRecord<String, byte[]>> log) {
        this.partition = partition;
        this.topicId = topicId;
        this.log = log;
    }

    /** The log of which the stored partition is the fold. */
    public List<ConsumerRecord<String, byte[]>> log() {
        return log;
    }

    /** The log is another where nothing of it had been folded yet. */
    public void isNow(String topic, List<ConsumerRecord<String, byte[]>> other) {
        topicId = topic;
        log = other;
    }

    /**
     * Another log is folded from now on.
     *
     * @param stood how far the one before was folded
     * @param end where the new one ends now
     */
    public void beginsAnew(
            PartitionPosition stood, String topic, List<ConsumerRecord<String, byte[]>> other, long end) {
        var before = read(stood.nextOffset(), stood.anew() == null);
        known = before.states();
        trades = before.told;
        skipped = before.skips;
        findings = before.notes;
        topicId = topic;
        log = other;
        anewTo = end;
    }

    /** All that the whole log comes to, with what was found and told before. */
    public static Outcome outcome(List<ExpectedPartition> all) {
        var outcomes = new HashMap<Integer, PartitionOutcome>();
        var trades = new ArrayList<FoldedTrade>();
        var findings = new HashMap<Found, Boolean>();
        for (var one : all) {
            var reading = one.read(one.log.size(), true);
            outcomes.put(one.partition, reading.outcome());
            trades.addAll(reading.told);
            reading.notes.forEach((found, noted) -> findings.put(found, noted.over()));
        }
        return new Outcome(outcomes, trades, findings);
    }

    /** @param caughtUp whether the log was read to where it ended when it was found to be another */
    private Reading read(long upTo, boolean caughtUp) {
        var reading = new Reading();
        reading.read(upTo, caughtUp);
        return reading;
    }

    /** One way through the log. */
    private final class Reading {
        private PartitionFold fold = new PartitionFold();
        private boolean behind = anewTo >= 0;
        private final Map<BotId, ParkedAt> parked = new HashMap<>();
        private final List<FoldedTrade> told = new ArrayList<>(trades);
        /** Whether or not it was told before. */
        private final List<FoldedTrade> inLog = new ArrayList<>();

        private final Map<Found, Noted> notes = new HashMap<>(findings);
        /** With the last record of this topic that shows it; -1 of another. */
        private final Map<BotId, Long> gaps = new HashMap<>();

        private SkipCounts skips = skipped;
        /** Of those of whom it has less than is known: the number of the last event that counts in front of its lost end. */
        private final Map<BotId, Long> ends = new HashMap<>();

        /** Without those of whom the log has another event of that number. */
        private final Map<BotId, BotState> before = new HashMap<>(known);

        private long next;

        private Reading() {
            notes.forEach((found, noted) -> {
                if (found.kind() == FindingKind.GAP && found.bot() != null && !noted.over()) {
                    gaps.merge(found.bot(), found.topicId().equals(topicId) ? noted.offset() : -1, Math::max);
                }
            });
        }

        private void read(long upTo, boolean caughtUp) {
            for (var stored : log.subList(0, (int) upTo)) {
                catchUp(stored.offset());
                if (!read(stored)) {
                    return;
                }
                next = stored.offset() + 1;
            }
            if (caughtUp) {
                catchUp(next);
            }
        }

        private boolean read(ConsumerRecord<String, byte[]> stored) {
            switch (StoredRecords.CODEC.read(StoredHeaders.of(stored), stored.value())) {
                case Foreign _ -> {}
                case Unattributable _ -> {
                    note(FindingKind.UNATTRIBUTABLE, null, stored.offset(), stored.offset());
                    return false;
                }
                case NotUnderstood strange -> park(strange, stored.offset());
                case Known(var entry) -> {
                    var before = toldUpTo(entry);
                    var folded = foldedUpTo(entry);
                    var lost = lostIn(entry, folded);
                    switch (fold.apply(entry)) {
                        case Claimed _, Released _ -> {}
                        case Applied(var state) -> {
                            tell(state, (BotEventRecorded) entry, before, told);
                            tell(state, (BotEventRecorded) entry, folded, inLog);
                            applied(state, (BotEventRecorded) entry, stored.offset(), lost);
                        }
                        case Refused _ -> {
                            skips = skips.withRefused();
                            var event = (BotEventRecorded) entry;
                            note(FindingKind.REFUSED, event.bot(), event.epoch(), stored.offset());
                        }
                        case Skipped(var reason) -> {
                            skips = skips.with(reason);
                            if (entry instanceof BotEventRecorded event) {
                                skipped(event, reason, stored.offset());
                            }
                        }
                    }
                }
            }
            return true;
        }

        /** The number up to which a bot's trades are told. */
        private long toldUpTo(LogRecord entry) {
            if (!(entry instanceof BotEventRecorded event)) {
                return 0;
            }
            var remembered = before.get(event.bot());
            return Math.max(foldedUpTo(entry), behind && remembered != null ? remembered.sequence() : 0);
        }

        private long foldedUpTo(LogRecord entry) {
            return entry instanceof BotEventRecorded event
                    ? fold.find(event.bot()).map(BotState::sequence).orElse(0L)
                    : 0;
        }

        /** The event's own trades, and those that a checkpoint carries of what was left out in front of it. */
        private void tell(BotState state, BotEventRecorded event, long before, List<FoldedTrade> told) {
            var own = event.event() instanceof CheckpointTaken ? before + 1 : event.sequence();
            state.portfolio().recentTrades().stream()
                    .filter(trade -> trade.sequence() > before && trade.sequence() >= own)
                    .filter(trade -> trade.sequence() < event.sequence() || !(event.event() instanceof CheckpointTaken))
                    .map(trade -> new FoldedTrade(state.id(), trade))
                    .distinct()
                    .forEach(told::add);
        }

        /** What was known of the bot and is not in front of this event, though its number is above it; null as a rule. */
        private @Nullable BotState lostIn(LogRecord entry, long folded) {
            if (!(entry instanceof BotEventRecorded event)) {
                return null;
            }
            var at = parked.get(event.bot());
            var last = behind
                    ? before.get(event.bot())
                    : at != null && at.type().equals(ParkedBot.LOST_END)
                            ? fold.find(event.bot()).orElse(null)
                            : null;
            return last != null && event.sequence() > last.sequence() && (!behind || folded < last.sequence())
                    ? last
                    : null;
        }

        /** Every trade and command that is lost is in the state again, and nothing else is held that was not. */
        private boolean isWhole(BotState lost, BotEventRecorded event) {
            if (!(event.event() instanceof CheckpointTaken checkpoint)) {
                return false;
            }
            var carried = checkpoint.state();
            var trades = carried.portfolio().recentTrades();
            var since = trades.isEmpty() ? 0 : trades.getFirst().sequence();
            var has = lost.portfolio().recentTrades().stream()
                    .allMatch(trade -> trade.sequence() < since || trades.contains(trade));
            var same = carried.portfolio().equals(lost.portfolio());
            return has && carried.sequence() >= lost.sequence() && (same || event.sequence() - carried.sequence() > 1);
        }

        private void applied(BotState state, BotEventRecorded event, long offset, @Nullable BotState lost) {
            var last = before.get(state.id());
            if (behind && last != null && last.sequence() == state.sequence() && !last.equals(state)) {
                note(FindingKind.REPLACED, state.id(), offset, offset);
                before.remove(state.id());
                told.removeIf(trade -> trade.bot().equals(state.id()));
                inLog.stream().filter(trade -> trade.bot().equals(state.id())).forEach(told::add);
            }
            if (parked.remove(state.id()) != null) {
                over(FindingKind.PARKED, state.id(), offset);
            }
            if (lost != null && isWhole(lost, event)) {
                over(FindingKind.LOST_END, state.id(), offset);
            } else if (lost != null) {
                note(FindingKind.REPLACED, state.id(), offset, offset);
                told.removeIf(trade -> trade.bot().equals(state.id()));
                if (behind) {
                    before.remove(state.id());
                    inLog.stream()
                            .filter(trade -> trade.bot().equals(state.id()))
                            .forEach(told::add);
                } else {
                    goOnFrom(state, event, ends.getOrDefault(state.id(), 0L));
                }
            }
            if (event.event() instanceof CheckpointTaken && gaps.containsKey(state.id())) {
                over(FindingKind.GAP, state.id(), offset);
                gaps.computeIfPresent(state.id(), (_, found) -> isBehind(found, offset) ? found : null);
            }
        }

        /** What the log tells in front of its lost end, and what the checkpoint brings of what was passed over behind it. */
        private void goOnFrom(BotState state, BotEventRecorded checkpoint, long end) {
            inLog.stream()
                    .filter(trade ->
                            trade.bot().equals(state.id()) && trade.trade().sequence() <= end)
                    .forEach(told::add);
            tell(state, checkpoint, end, told);
        }

        private void skipped(BotEventRecorded event, SkipReason reason, long offset) {
            switch (reason) {
                case FENCED -> note(FindingKind.FENCED, event.bot(), event.epoch(), offset);
                case PARKED -> passedOver(event.bot());
                case GAP -> {
                    if (gaps.putIfAbsent(event.bot(), offset) == null) {
                        note(FindingKind.GAP, event.bot(), offset, offset);
                    }
                }
                case STALE_CLAIM, DUPLICATE -> {}
            }
        }

        private void park(NotUnderstood strange, long offset) {
            var reason = fold.park(strange, offset).reason();
            skips = skips.with(reason);
            if (reason == SkipReason.FENCED) {
                note(FindingKind.FENCED, strange.bot(), strange.epoch(), offset);
            }
            if (reason == SkipReason.PARKED) {
                if (!parked.containsKey(strange.bot())) {
                    note(FindingKind.PARKED, strange.bot(), offset, offset);
                }
                passedOver(strange.bot());
            }
        }

        private void passedOver(BotId bot) {
            var parking = fold.parking(bot).orElseThrow();
            var since = parked.get(bot);
            parked.put(bot, ParkedAt.of(parking, since == null ? fold.epoch() : since.epoch()));
        }

        private void note(FindingKind kind, @Nullable BotId bot, long occasion, long offset) {
            notes.putIfAbsent(new Found(kind, topicId, partition, bot, occasion), new Noted(offset, false));
        }

        private void over(FindingKind kind, BotId bot, long offset) {
            notes.replaceAll((found, noted) -> found.kind() == kind
                            && bot.equals(found.bot())
                            && !(found.topicId().equals(topicId) && isBehind(noted.offset(), offset))
                    ? new Noted(noted.offset(), true)
                    : noted);
        }

        /** Of a log that is read a second time, in front of what was found; else only records that it has lost can stand behind. */
        private boolean isBehind(long found, long offset) {
            return behind && found > offset;
        }

        /** Where the log ended when it was found to be another, everybody of whom it has less than is known is lost. */
        private void catchUp(long offset) {
            if (!behind || offset < anewTo) {
                return;
            }
            var merged = states();
            before.forEach((bot, state) -> {
                var last = Math.max(
                        fold.find(bot).map(BotState::sequence).orElse(0L),
                        fold.parking(bot).map(Parking::sequence).orElse(0L));
                if (last < state.sequence()) {
                    ends.put(bot, fold.find(bot).map(BotState::sequence).orElse(0L));
                    note(FindingKind.LOST_END, bot, state.sequence(), anewTo);
                    parked.put(bot, new ParkedAt(ParkedBot.LOST_END, anewTo, state.sequence(), fold.epoch()));
                }
            });
            note(FindingKind.LOG_ANEW, null, anewTo, anewTo);
            notes.replaceAll((found, noted) -> isOfTheParked(found) ? new Noted(noted.offset(), true) : noted);
            var parkings = new HashMap<BotId, Parking>();
            parked.forEach((bot, at) -> parkings.put(bot, new Parking(at.type(), "", at.offset(), at.sequence())));
            fold = new PartitionFold(fold.epoch(), merged.values(), parkings);
            behind = false;
        }

        /** Of a bot that is not parked any more. */
        private boolean isOfTheParked(Found found) {
            return (found.kind() == FindingKind.PARKED || found.kind() == FindingKind.LOST_END)
                    && !parked.containsKey(found.bot());
        }

        /** Of each bot the newest that is known. */
        private Map<BotId, BotState> states() {
            var newest = new HashMap<BotId, BotState>();
            fold.bots().forEach(state -> newest.put(state.id(), state));
            if (behind) {
                before.forEach((bot, state) -> newest.merge(
                        bot, state, (inLog, known) -> inLog.sequence() > known.sequence() ? inLog : known));
            }
            return newest;
        }

        private PartitionOutcome outcome() {
            return new PartitionOutcome(next, fold.epoch(), states(), Map.copyOf(parked), skips);
        }
    }
}
