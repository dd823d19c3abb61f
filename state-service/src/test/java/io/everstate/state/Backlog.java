package io.everstate.state;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Trades of several bots in all partitions of a log, some of them written twice or by an owner of yesterday.
 *
 * @param trades of each bot that count, by sequence
 */
public record Backlog(TestLog log, Map<BotId, List<Long>> trades) {
    private static final long FIRST_TRADE = 3;
    /** Few, so that writing takes its time and something can happen in the middle of it. */
    private static final int AT_ONCE = 5;

    /** Writes it all; returns when it is acknowledged. */
    public static Backlog write(TestLog log, long seed, int botsPerPartition, int tradesPerBot) {
        var random = new Random(seed);
        var trades = new HashMap<BotId, List<Long>>();
        for (int partition = 0; partition < log.partitions(); partition++) {
            var owner = new Owner(2);
            var bots = new ArrayList<BotId>();
            var records = new ArrayList<LogRecord>(List.of(new Owner(1).claim(), owner.claim()));
            for (int count = 0; count < botsPerPartition; count++) {
                var bot = log.newBot(partition);
                bots.add(bot);
                records.add(owner.created(bot));
                records.add(owner.started(bot));
                trades.put(
                        bot,
                        LongStream.range(FIRST_TRADE, FIRST_TRADE + tradesPerBot)
                                .boxed()
                                .toList());
            }
            for (long sequence = FIRST_TRADE; sequence < FIRST_TRADE + tradesPerBot; sequence++) {
                for (var bot : bots) {
                    records.add(owner.trade(bot, sequence));
                    if (random.nextInt(20) == 0) {
                        records.add(
                                random.nextBoolean()
                                        ? owner.trade(bot, sequence)
                                        : new Owner(1).trade(bot, sequence + 1));
                    }
                }
            }
            for (int from = 0; from < records.size(); from += AT_ONCE) {
                log.write(partition, records.subList(from, Math.min(records.size(), from + AT_ONCE)));
            }
        }
        return new Backlog(log, trades);
    }

    /** How many trades count. */
    public long size() {
        return trades.values().stream().mapToLong(List::size).sum();
    }
}
