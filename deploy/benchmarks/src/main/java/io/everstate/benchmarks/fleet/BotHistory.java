package io.everstate.benchmarks.fleet;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.log.BotPartitioner;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One bot, event by event, as its owner would write it: created, started, then a purchase or a sale with each minute of its market. Each
 * event counts, and no two trades have the same numbers.
 */
final class BotHistory {

    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long EPOCH = 1;
    private static final String SOURCE = "/everstate/bot-service/bot-service-1";
    private static final String ADDRESS = "http://127.0.0.1:8081";
    private static final String SYMBOL = "BTC/USD";
    private static final Duration BAR = Duration.ofMinutes(1);
    /** Below what state-service takes for a significant trade. */
    private static final long LOWEST_PRICE = 60_000_00;

    private static final long PRICES = 1_000_003;
    private static final Amount QUANTITY = Amount.of("0.01234567");
    private static final Amount FEE_RATE = Amount.of("0.001");

    private final BotId bot;
    private final int partition;
    private long sequence;

    BotHistory(UUID id, int partitions) {
        this.bot = new BotId(id);
        this.partition = BotPartitioner.partitionOf(bot, partitions);
    }

    /** With which each partition begins. */
    static LogRecord claim() {
        return new OwnershipClaimed(UUID.randomUUID(), BEGIN, SOURCE, EPOCH, ADDRESS);
    }

    BotId bot() {
        return bot;
    }

    int partition() {
        return partition;
    }

    /** Of the newest event. */
    long sequence() {
        return sequence;
    }

    /** When the newest event happened. */
    Instant time() {
        return BEGIN.plus(BAR.multipliedBy(sequence));
    }

    LogRecord next() {
        sequence++;
        BotEvent event = sequence == 1 ? created() : sequence == 2 ? new BotStarted() : trade();
        return new BotEventRecorded(UUID.randomUUID(), time(), SOURCE, EPOCH, bot, sequence, null, null, event);
    }

    private BotEvent created() {
        return new BotCreated(
                BotKind.TRADING,
                new BotConfiguration(
                        "bot " + bot,
                        "sma-cross",
                        List.of(SYMBOL),
                        Amount.of(10_000),
                        FEE_RATE,
                        Map.of("short", Amount.of(5), "long", Amount.of(20)),
                        RestartPolicy.RESUME,
                        null,
                        Map.of("env", "prod")));
    }

    private BotEvent trade() {
        long salt = bot.value().getLeastSignificantBits() >>> 1;
        Amount price = Amount.of(BigDecimal.valueOf(LOWEST_PRICE + (salt + sequence * 7_919) % PRICES, 2));
        Side side = sequence % 2 == 1 ? Side.BUY : Side.SELL;
        Amount fee = QUANTITY.times(price).times(FEE_RATE);
        return new TradeExecuted(new Fill(SYMBOL, side, QUANTITY, price, fee, time(), sequence));
    }
}
