package io.everstate.state.simulation;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.TestLog;
import io.everstate.state.fold.StoredRecords;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * All who write to a partition: owners that change, late ones, producers that repeat and reorder, versions that are not known here, and
 * whoever writes garbage.
 */
final class RandomWriter {
    private static final byte[] GARBAGE = {1, 0, 3};
    private static final byte[] DEEP = "[".repeat(5_000).getBytes(StandardCharsets.UTF_8);

    private final SimulatedPartition log;
    private final BotId bot;
    private final Random random;
    private boolean stopping;

    RandomWriter(SimulatedPartition log, List<BotId> bots, Random random) {
        this.log = log;
        this.bot = bots.get(random.nextInt(bots.size()));
        this.random = random;
    }

    /** Also what stops the whole partition. */
    RandomWriter stopping() {
        stopping = true;
        return this;
    }

    void write() {
        var owner = new Owner(log.epoch());
        var late = new Owner(Math.max(1, log.epoch() - 1));
        var next = log.next(bot);
        switch (log.epoch() == 0 ? 0 : random.nextInt(40)) {
            case 0 -> log.append(new Owner(log.epoch() + 1 + random.nextInt(2)).claim());
            case 1 -> log.append(late.claim());
            case 2 -> log.append(late.trade(bot, next));
            case 3 -> strange(late, next);
            case 4, 5 -> log.repeat(log.end() - 1 - random.nextInt(Math.min(8, log.end())));
            case 6 -> log.append(owner.trade(bot, next + 1 + random.nextInt(5)));
            case 7 -> {
                log.append(owner.trade(bot, next + 1));
                log.append(owner.trade(bot, next));
            }
            case 8, 9, 10 -> checkpoint(owner, next);
            case 11 -> log.append(owner.record(bot, next, new BotStopped(StopReason.COMMAND)));
            case 12 -> strange(owner, next);
            case 13 -> notOurs();
            case 14 -> unattributable();
            default -> log.append(goneOn(owner, next));
        }
    }

    private LogRecord goneOn(Owner owner, long next) {
        var state = log.find(bot);
        if (state.isEmpty()) {
            return random.nextInt(3) == 0 ? owner.createdTriangle(bot) : owner.created(bot);
        }
        if (!state.get().running()) {
            return owner.record(bot, next, new BotStarted());
        }
        return state.get().configuration().symbols().size() > 1 && random.nextBoolean()
                ? owner.cycle(bot, next)
                : owner.trade(bot, next);
    }

    /** Sometimes above all that anybody can have known. */
    private void checkpoint(Owner owner, long next) {
        var ahead = random.nextInt(4) == 0 ? 1_000 : random.nextInt(3);
        log.find(bot)
                .ifPresent(state -> log.append(owner.record(bot, next + ahead, new CheckpointTaken("test", state))));
    }

    private void strange(Owner owner, long next) {
        var known =
                new HashMap<>(StoredRecords.CODEC.encode(owner.trade(bot, next)).headers());
        switch (random.nextInt(4)) {
            case 0 -> log.append(bot.toString(), TestLog.strangeHeaders(owner, bot, next), GARBAGE);
            case 1 -> {
                known.replaceAll((name, value) -> name.equals("ce_type") ? value.replace(".v1", ".v2") : value);
                log.append(bot.toString(), known, "{}".getBytes(StandardCharsets.UTF_8));
            }
            case 2 -> log.append(bot.toString(), known, random.nextBoolean() ? GARBAGE : DEEP);
            default -> log.append(bot.toString(), known, null);
        }
    }

    private void notOurs() {
        switch (random.nextInt(3)) {
            case 0 -> log.append(null, Map.of(), null);
            case 1 -> log.append("\0", Map.of("ce_type", "com.example.other.v1", "\0", "\0"), GARBAGE);
            default -> log.append(bot.toString(), Map.of(), GARBAGE);
        }
    }

    /** Seldom, for nothing of the partition is folded behind it. */
    private void unattributable() {
        if (random.nextInt(20) == 0 && stopping) {
            log.append("owner", Map.of("ce_type", "io.everstate.bot.trade-executed.v9"), GARBAGE);
        }
    }
}
