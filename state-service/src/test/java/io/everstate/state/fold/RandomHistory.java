package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One bot that trades, alone and in cycles, and now and then goes back, jumps ahead, or loses some of its trades. */
public final class RandomHistory {
    private RandomHistory() {}

    /** Its state behind each of its events, the oldest first. */
    public static List<BotState> of(Random random, int events) {
        var fold = new PartitionFold();
        var states = new ArrayList<BotState>();
        records(random, events).forEach(entry -> {
            if (fold.apply(entry) instanceof Applied(var state)) {
                states.add(state);
            }
        });
        return states;
    }

    /** A claim and then its events, so many, all of which count. */
    static List<LogRecord> records(Random random, int events) {
        var owner = new Owner(1);
        var fold = new PartitionFold();
        var records = new ArrayList<LogRecord>(List.of(owner.claim(), owner.createdTriangle(Owner.newBot())));
        var states = new ArrayList<BotState>();
        records.forEach(entry -> {
            if (fold.apply(entry) instanceof Applied(var state)) {
                states.add(state);
            }
        });
        while (states.size() < events) {
            var entry = next(random, owner, states);
            if (fold.apply(entry) instanceof Applied(var state)) {
                states.add(state);
                records.add(entry);
            }
        }
        return records;
    }

    private static BotEventRecorded next(Random random, Owner owner, List<BotState> states) {
        var last = states.getLast();
        var next = last.sequence() + 1;
        if (!last.running()) {
            return owner.record(last.id(), next, new BotStarted());
        }
        return switch (random.nextInt(80)) {
            case 0 -> checkpoint(owner, next, states.get(random.nextInt(states.size())));
            case 1 -> checkpoint(owner, next + random.nextInt(3), last);
            case 2 -> checkpoint(owner, next, last.withPortfolio(withSomeTrades(random, last.portfolio())));
            case 3, 4, 5, 6, 7, 8, 9, 10 -> owner.cycle(last.id(), next);
            default -> owner.trade(last.id(), next);
        };
    }

    private static BotEventRecorded checkpoint(Owner owner, long sequence, BotState carried) {
        return owner.record(carried.id(), sequence, new CheckpointTaken("test", carried));
    }

    private static Portfolio withSomeTrades(Random random, Portfolio portfolio) {
        var left = portfolio.recentTrades().stream()
                .filter(_ -> random.nextInt(10) > 0)
                .toList();
        return new Portfolio(portfolio.symbols(), left, portfolio.highestTotal());
    }
}
