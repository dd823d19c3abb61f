package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.finding.FoundInLog;
import io.everstate.state.finding.Healing;
import io.everstate.state.finding.ReplacedTrades;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Notes what a partition's records show that a person should know. A record that counts, of a bot without trouble, costs nothing here. */
final class FindingNotes {
    /** Of those that were noted already; then some may be noted again, and the store drops them. */
    private static final int REMEMBERED = 10_000;

    private final int partition;
    private final String topicId;
    private final long announceFrom;
    /** With the last record that is known to show it. */
    private final Map<BotId, Long> gaps;
    /** While the log is folded from its start, behind what is known: what was found behind a record stays as it is. */
    private boolean anew;

    /** Of those that checkpoints of a log that is folded anew leave out; the batches of one that was begun again are not counted. */
    private long replacedEvents;

    private final Set<Noted> noted = new HashSet<>();
    private List<Finding> found = new ArrayList<>();
    private List<Healing> healed = new ArrayList<>();
    private List<ReplacedTrades> replaced = new ArrayList<>();

    private record Noted(FindingKind kind, BotId bot, long epoch) {}

    FindingNotes(int partition, PartitionPosition position) {
        this.partition = partition;
        this.topicId = position.topicId();
        this.announceFrom = position.announceFrom();
        this.gaps = new HashMap<>(position.gaps());
        this.anew = position.anew() != null;
    }

    /** @param known the number of the bot's newest event that counts */
    void gap(BotEventRecorded event, long known, ConsumerRecord<?, ?> stored) {
        if (gaps.putIfAbsent(event.bot(), stored.offset()) == null) {
            note(
                    FindingKind.GAP,
                    event.bot(),
                    stored.offset(),
                    event.sequence(),
                    stored,
                    "bot %s: event %d does not follow event %d and counts nowhere"
                            .formatted(event.bot(), event.sequence(), known));
        }
    }

    void fenced(BotId bot, long epoch, long sequence, ConsumerRecord<?, ?> stored) {
        if (first(FindingKind.FENCED, bot, epoch)) {
            var text = "bot %s: event %d was written in ownership %d, which is not the present one, and counts nowhere"
                    .formatted(bot, sequence, epoch);
            note(FindingKind.FENCED, bot, epoch, sequence, stored, text);
        }
    }

    void refused(BotEventRecorded event, Refusal refusal, ConsumerRecord<?, ?> stored) {
        if (first(FindingKind.REFUSED, event.bot(), event.epoch())) {
            var text = "bot %s: its rules refuse event %d of its owner (%s), which counts nowhere"
                    .formatted(event.bot(), event.sequence(), refusal);
            note(FindingKind.REFUSED, event.bot(), event.epoch(), event.sequence(), stored, text);
        }
    }

    void parked(NotUnderstood entry, ConsumerRecord<?, ?> stored) {
        note(
                FindingKind.PARKED,
                entry.bot(),
                stored.offset(),
                entry.sequence(),
                stored,
                "bot %s is parked: its record of type %s is not understood (%s); all others go on"
                        .formatted(entry.bot(), entry.type(), entry.why()));
    }

    void unattributable(String why, ConsumerRecord<?, ?> stored) {
        var text = "the partition stands still in front of a record of which not even the bot can be told: " + why;
        note(FindingKind.UNATTRIBUTABLE, null, stored.offset(), 0, stored, text);
    }

    void replaced(BotEventRecorded event, ReplacedTrades trades, ConsumerRecord<?, ?> stored) {
        replaced.add(trades);
        note(
                FindingKind.REPLACED,
                event.bot(),
                stored.offset(),
                event.sequence(),
                stored,
                "bot %s: the log lost its end and has another event %d now than was folded before; acknowledged events up to that are lost, and the bot goes on from what the log has"
                        .formatted(event.bot(), event.sequence()));
    }

    /** A checkpoint ends the loss of a bot's events and does not make it good: that stays open. */
    void leftOut(BotEventRecorded event, long known, ReplacedTrades trades, ConsumerRecord<?, ?> stored) {
        replaced.add(trades);
        note(
                FindingKind.REPLACED,
                event.bot(),
                stored.offset(),
                event.sequence(),
                stored,
                "bot %s: its owner has gone on without what the log has lost, and its checkpoint %d does not hold what was known up to event %d: acknowledged events up to that are lost, and the bot goes on from what the log has"
                        .formatted(event.bot(), event.sequence(), known));
    }

    /**
     * The same, of a log that is folded anew.
     *
     * @param last the number of the event in front of the checkpoint
     */
    void leftOutAnew(
            BotEventRecorded event, long last, long known, ReplacedTrades trades, ConsumerRecord<?, ?> stored) {
        replaced.add(trades);
        replacedEvents += known - last;
        note(
                FindingKind.REPLACED,
                event.bot(),
                stored.offset(),
                event.sequence(),
                stored,
                "bot %s: the log lost its end, and has checkpoint %d behind event %d now, which does not hold what was folded before: acknowledged events up to %d are lost, and the bot goes on from what the log has"
                        .formatted(event.bot(), event.sequence(), last, known));
    }

    /** The log was folded from its start to where it ended. */
    void lost(List<KnownBefore.Lost> lost, FoldedAnew anew) {
        var place = new Finding.Place(topicId, partition, anew.to());
        for (var one : lost) {
            var text =
                    "bot %s: the log ends at its event %d, %d events up to %d were folded before; its state stays as it was known until a checkpoint above that"
                            .formatted(
                                    one.known().id(),
                                    one.last(),
                                    one.events(),
                                    one.known().sequence());
            found.add(new Finding(
                    FindingKind.LOST_END,
                    place,
                    one.known().id(),
                    one.known().sequence(),
                    one.known().sequence(),
                    anew.since(),
                    text,
                    true));
        }
        var text = "the log was made anew or lost its end, and was folded from its start: %d bots have lost %d events"
                .formatted(
                        lost.size(),
                        lost.stream().mapToLong(KnownBefore.Lost::events).sum());
        if (replacedEvents > 0) {
            text += ", and checkpoints leave out %d more".formatted(replacedEvents);
        }
        found.add(new Finding(FindingKind.LOG_ANEW, place, null, anew.to(), 0, anew.since(), text, true));
    }

    /** Those that were parked before and are no more: the log has lost the record that parked them, or has their lost end again. */
    void followed(Collection<BotId> bots, FoldedAnew anew) {
        var place = new Finding.Place(topicId, partition, anew.to() - 1);
        for (var bot : bots) {
            healed.add(new Healing(FindingKind.PARKED, bot, place, anew.since(), true));
            healed.add(new Healing(FindingKind.LOST_END, bot, place, anew.since(), true));
        }
    }

    private boolean first(FindingKind kind, BotId bot, long epoch) {
        if (noted.size() >= REMEMBERED) {
            noted.clear();
        }
        return noted.add(new Noted(kind, bot, epoch));
    }

    private void note(
            FindingKind kind,
            @Nullable BotId bot,
            long occasion,
            long sequence,
            ConsumerRecord<?, ?> stored,
            String text) {
        found.add(new Finding(
                kind,
                new Finding.Place(topicId, partition, stored.offset()),
                bot,
                occasion,
                sequence,
                Instant.ofEpochMilli(stored.timestamp()),
                text.replaceAll("\\p{Cntrl}+", " "),
                stored.offset() >= announceFrom));
    }

    /** The log was folded up to where it ended when it was found to be another. */
    void caughtUp() {
        anew = false;
    }

    /** A checkpoint carries all that a gap may have left out. */
    void applied(BotEventRecorded event, ConsumerRecord<?, ?> stored) {
        if (gaps.isEmpty() || !(event.event() instanceof CheckpointTaken)) {
            return;
        }
        var found = gaps.get(event.bot());
        if (found == null) {
            return;
        }
        healed(FindingKind.GAP, event.bot(), stored);
        if (!anew || found <= stored.offset()) {
            gaps.remove(event.bot());
        }
    }

    void healed(FindingKind kind, BotId bot, ConsumerRecord<?, ?> stored) {
        healed.add(new Healing(
                kind,
                bot,
                new Finding.Place(topicId, partition, stored.offset()),
                Instant.ofEpochMilli(stored.timestamp()),
                !anew));
    }

    /** What was noted since the last time. */
    FoundInLog take() {
        if (found.isEmpty() && healed.isEmpty()) {
            return FoundInLog.NOTHING;
        }
        var taken = new FoundInLog(List.copyOf(found), List.copyOf(healed), List.copyOf(replaced));
        found = new ArrayList<>();
        healed = new ArrayList<>();
        replaced = new ArrayList<>();
        return taken;
    }
}
