package io.everstate.state;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.CycleExecuted;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.Cycle;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records that an owner of a partition would write.
 *
 * @param epoch of its ownership
 */
public record Owner(long epoch) {
    private static final String SOURCE = "/everstate/bot-service/test";
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    public OwnershipClaimed claim() {
        return new OwnershipClaimed(UUID.randomUUID(), BEGIN, SOURCE, epoch, "http://127.0.0.1:1");
    }

    public BotEventRecorded record(BotId bot, long sequence, BotEvent event) {
        return record(bot, sequence, event, null);
    }

    /** @param key with which it was asked for */
    public BotEventRecorded record(BotId bot, long sequence, BotEvent event, @Nullable String key) {
        return new BotEventRecorded(
                UUID.randomUUID(), BEGIN.plusSeconds(sequence), SOURCE, epoch, bot, sequence, key, null, event);
    }

    /** As if it were written now: what is parked since when is told by the log's own times. */
    public static BotEventRecorded now(BotEventRecorded event) {
        return new BotEventRecorded(
                event.id(),
                Instant.now(),
                event.source(),
                event.epoch(),
                event.bot(),
                event.sequence(),
                event.idempotencyKey(),
                event.traceparent(),
                event.event());
    }

    public BotEventRecorded created(BotId bot) {
        return record(bot, 1, new BotCreated(BotKind.TRADING, configuration()));
    }

    public BotEventRecorded started(BotId bot) {
        return record(bot, 2, new BotStarted());
    }

    /** Buys at odd and sells at even sequences, so that every trade is accepted after {@link #started}. */
    public BotEventRecorded trade(BotId bot, long sequence) {
        var side = sequence % 2 == 1 ? Side.BUY : Side.SELL;
        var price = Amount.of(100 + sequence % 7);
        var fill = new Fill(
                "BTC/USD", side, Amount.of("0.5"), price, Amount.of("0.05"), BEGIN.plusSeconds(sequence), sequence);
        return record(bot, sequence, new TradeExecuted(fill));
    }

    public BotEventRecorded createdWith(BotId bot, Map<String, String> labels) {
        return record(bot, 1, new BotCreated(BotKind.TRADING, configuration(List.of("BTC/USD"), labels)));
    }

    public BotEventRecorded createdWith(BotId bot, List<String> symbols, Map<String, String> labels) {
        return record(bot, 1, new BotCreated(BotKind.TRADING, configuration(symbols, labels)));
    }

    /** A bot that needs others. */
    public BotEventRecorded createdNeeding(BotId bot, List<BotId> needed) {
        var plain = configuration();
        return record(
                bot,
                1,
                new BotCreated(
                        BotKind.TRADING,
                        new BotConfiguration(
                                plain.name(),
                                plain.strategy(),
                                plain.symbols(),
                                plain.initialBalance(),
                                plain.feeRate(),
                                plain.parameters(),
                                plain.restartPolicy(),
                                null,
                                Map.of(),
                                needed)));
    }

    /** A bot that {@link #cycle} fits. */
    public BotEventRecorded createdTriangle(BotId bot) {
        return record(bot, 1, new BotCreated(BotKind.TRADING, configuration(List.of("BTC/USD", "ETH/BTC", "ETH/USD"))));
    }

    /** Three trades with one sequence. */
    public BotEventRecorded cycle(BotId bot, long sequence) {
        var at = BEGIN.plusSeconds(sequence);
        var one = Amount.of(1);
        return record(
                bot,
                sequence,
                new CycleExecuted(new Cycle(
                        "BTC/USD",
                        List.of(
                                new Fill("BTC/USD", Side.BUY, one, Amount.of(100), Amount.ZERO, at, sequence),
                                new Fill("ETH/BTC", Side.BUY, one, one, Amount.ZERO, at, sequence),
                                new Fill("ETH/USD", Side.SELL, one, Amount.of(101), Amount.ZERO, at, sequence)))));
    }

    public static BotConfiguration configuration() {
        return configuration(List.of("BTC/USD"));
    }

    private static BotConfiguration configuration(List<String> symbols) {
        return configuration(symbols, Map.of());
    }

    private static BotConfiguration configuration(List<String> symbols, Map<String, String> labels) {
        return new BotConfiguration(
                "test",
                "sma-cross",
                symbols,
                Amount.of(100_000),
                Amount.of("0.001"),
                Map.of("short", Amount.of(5)),
                RestartPolicy.RESUME,
                null,
                labels);
    }

    public static BotId newBot() {
        return new BotId(UUID.randomUUID());
    }
}
