package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A partition's log with owners that change, late writes of earlier ones, repetitions and gaps. */
public final class RandomLog {
    private final Random random;
    private final PartitionFold fold = new PartitionFold();
    private final List<LogRecord> entries = new ArrayList<>();
    private final List<BotId> bots;

    private RandomLog(Random random, List<BotId> bots) {
        this.random = random;
        this.bots = bots;
    }

    public static List<LogRecord> of(Random random, int length) {
        var log = new RandomLog(random, newBots().toList());
        log.append(new Owner(1).claim());
        return log.grown(length);
    }

    /** One that is the same as another as far as that was kept, and was gone on with by a next owner, of new bots too. */
    public static List<LogRecord> goneOn(Random random, List<LogRecord> kept, int length) {
        var known = kept.stream()
                .filter(BotEventRecorded.class::isInstance)
                .map(entry -> ((BotEventRecorded) entry).bot())
                .distinct();
        var log = new RandomLog(random, Stream.concat(known, newBots().limit(2)).toList());
        kept.forEach(log::append);
        log.append(new Owner(log.fold.epoch() + 1).claim());
        return log.grown(length);
    }

    private static Stream<BotId> newBots() {
        return Stream.generate(Owner::newBot).limit(5);
    }

    private List<LogRecord> grown(int length) {
        while (entries.size() < length) {
            append(next());
        }
        return entries;
    }

    private void append(LogRecord entry) {
        entries.add(entry);
        fold.apply(entry);
    }

    private LogRecord next() {
        var owner = new Owner(fold.epoch());
        var bot = bots.get(random.nextInt(bots.size()));
        var known = fold.find(bot);
        return switch (random.nextInt(20)) {
            case 0 -> new Owner(fold.epoch() + 1).claim();
            case 1 -> new Owner(Math.max(1, fold.epoch() - 1)).claim();
            case 2 -> new Owner(fold.epoch() - 1).trade(bot, 3);
            case 3 -> owner.trade(bot, 1);
            case 4 -> owner.trade(bot, 1_000_000);
            case 5 ->
                known.<LogRecord>map(state -> owner.record(
                                bot, state.sequence() + 1 + random.nextInt(4), new CheckpointTaken("test", state)))
                        .orElseGet(() -> owner.created(bot));
            case 6 ->
                owner.record(
                        bot,
                        known.map(state -> state.sequence() + 1).orElse(1L),
                        random.nextBoolean() ? new BotStopped(StopReason.COMMAND) : new BotStarted());
            default ->
                known.<LogRecord>map(state -> state.running()
                                ? owner.trade(bot, state.sequence() + 1)
                                : owner.record(bot, state.sequence() + 1, new BotStarted()))
                        .orElseGet(() -> owner.created(bot));
        };
    }
}
