package io.everstate.contracts.sample;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotConfigured;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotDeleted;
import io.everstate.contracts.bot.BotEvent.BotNotReturned;
import io.everstate.contracts.bot.BotEvent.BotPaused;
import io.everstate.contracts.bot.BotEvent.BotRestarted;
import io.everstate.contracts.bot.BotEvent.BotResumed;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.CycleExecuted;
import io.everstate.contracts.bot.BotEvent.EmergencyCleared;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.DocumentSaved;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.ExternalReported;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.HeartbeatRecorded;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.SilenceNoticed;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.TokenIssued;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.BotEvent.ReturnedAfterPause;
import io.everstate.contracts.bot.BotEvent.ReturnedAfterPause.Revaluation;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Cycle;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Limit;
import io.everstate.contracts.bot.Marks;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.ReportType;
import io.everstate.contracts.external.ReportedStatus;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.PartitionFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One bot's life: a record of each kind at least, in an order that counts. The golden records are these; a story that was shipped is a
 * beginning of it.
 */
public final class Story {
    public static final BotId BOT = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11");
    public static final BotConfiguration CONFIGURATION = new BotConfiguration(
            "Trend follower",
            "moving-average",
            List.of("BTC/USD", "ETH/USD"),
            Amount.of("10000.00000001"),
            Amount.of("0.001"),
            Map.of("slow", Amount.of(50), "fast", Amount.of(10)),
            RestartPolicy.RESUME,
            Amount.of("0.2"));
    public static final BotConfiguration RECONFIGURATION = new BotConfiguration(
            "Trend follower, slower",
            "moving-average",
            CONFIGURATION.symbols(),
            CONFIGURATION.initialBalance(),
            Amount.of("0.0008"),
            Map.of("slow", Amount.of(100), "fast", Amount.of(20)),
            RestartPolicy.MANUAL,
            Amount.of("0.25"),
            Map.of("env", "prod", "strategy", "trend"));
    /** A bot that runs elsewhere, at the story's end. */
    public static final BotId EXTERNAL = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c12");

    /** One that was away for long, behind that. */
    public static final BotId LATE = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c13");

    public static final BotConfiguration ELSEWHERE = new BotConfiguration(
            "Freqtrade at home",
            "freqtrade",
            List.of(),
            Amount.ZERO,
            Amount.ZERO,
            Map.of(),
            RestartPolicy.MANUAL,
            null,
            Map.of("env", "prod"),
            List.of(BOT));
    private static final String FIRST_TOKEN = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String SECOND_TOKEN = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";
    /** The story's fourth bot. */
    public static final BotId OTHER = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c91");

    private static final BotConfiguration TRIANGLE = new BotConfiguration(
            "Triangle",
            "triangular-arbitrage",
            List.of("BTC/USD", "ETH/BTC", "ETH/USD"),
            Amount.of(10_000),
            Amount.of("0.001"),
            Map.of("margin", Amount.of("0.0005")),
            RestartPolicy.RESUME,
            null,
            Map.of(),
            List.of(),
            Amount.of("0.0005"),
            new RiskLimits(Amount.of("0.1"), 30, Amount.of(1_000)));
    private static final Instant BEGIN = Instant.parse("2026-11-19T09:30:00Z");
    private static final String SOURCE = "/everstate/bot-service/a1";

    private final List<LogRecord> records = new ArrayList<>();
    private final PartitionFold fold = new PartitionFold();

    private Story() {
        add(new OwnershipClaimed(id(), now(), SOURCE, 1, "http://127.0.0.1:8081"));
        add(1, "create-7f", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", created());
        add(2, "start-7f", null, new BotStarted());
        add(3, null, null, trade(Side.BUY, "0.25", "8123.45678901", "2.03086420", 17));
        add(4, null, null, trade(Side.SELL, "0.1", "8200", "0.82", 23));
        add(5, null, null, new BotRestarted());
        add(6, "stop-7f", null, new BotStopped(StopReason.COMMAND));
        add(7, null, null, new EmergencyStopped("stopped by hand", Amount.ZERO));
        add(8, "clear-7f", null, new EmergencyCleared("looked at by the operator"));
        add(9, "start-80", null, new BotStarted());
        add(12, null, null, new CheckpointTaken("every 5 minutes", marked()));
        add(13, null, null, new EmergencyStopped("drawdown 21 % over 20 %", Amount.of("0.21")));
        add(14, "configure-7f", null, new BotConfigured(RECONFIGURATION, "operator"));
        add(15, "clear-81", null, new EmergencyCleared("looked at by the operator"));
        add(16, "start-82", null, new BotStarted());
        add(17, "pause-7f", null, new BotPaused());
        add(18, "resume-7f", null, new BotResumed());
        add(19, "stop-83", null, new BotStopped(StopReason.COMMAND));
        add(20, null, null, new CheckpointTaken("shutdown", state()));
        add(21, "delete-7f", null, new BotDeleted("operator"));
        elsewhere();
        backLate();
        triangle();
        seen();
    }

    /** The fourth bot's trades, with what it had seen of its markets by then. */
    private void seen() {
        var noon = Instant.parse("2025-01-06T12:00:00Z");
        var high = new Marks.Mark(Amount.of("4100.25"), 719, Amount.of("3344.5"));
        var other = new Marks.Mark(Amount.of("0.0251"), 719, Amount.of("3331.25"));
        arbitrage(
                9,
                null,
                new TradeExecuted(
                        fill("BTC/USD", Side.BUY, "0.05", "4100", "0.205", noon),
                        new Marks(Map.of("BTC/USD", high), Amount.of("10005.75"))));
        arbitrage(
                10,
                null,
                new LimitReached(
                        Limit.TRADES_PER_HOUR,
                        "BTC/USD",
                        Amount.of(1),
                        Amount.of(1),
                        null,
                        new Marks(Map.of("ETH/BTC", other), null)));
        arbitrage(11, null, new CycleExecuted(laterCycle(), new Marks(Map.of(), Amount.of("10007"))));
    }

    /** A bot that did not come back at first, and then long after it was seen last. */
    private void backLate() {
        late(1, BEGIN.plusSeconds(60), new BotCreated(BotKind.TRADING, RECONFIGURATION));
        late(2, BEGIN.plusSeconds(61), new BotStarted());
        late(3, BEGIN.plusSeconds(62), trade(Side.BUY, "0.25", "8123.45678901", "2.03086420", 17));
        late(4, BEGIN.plusSeconds(92), new BotNotReturned("there is no market \"BTC/USD\""));
        late(5, BEGIN.plusSeconds(93 + 3 * 86_400), new BotRestarted());
        late(6, BEGIN.plusSeconds(94 + 3 * 86_400), returned());
    }

    private void late(long sequence, Instant at, BotEvent event) {
        add(new BotEventRecorded(id(), at, SOURCE, 1, LATE, sequence, null, null, event));
    }

    private static BotEvent returned() {
        var bitcoin = new Revaluation(
                Amount.of("8123.45678901"), Amount.of("7900"), Amount.of("4997.96913581"), Amount.of("4942.10493856"));
        return new ReturnedAfterPause(
                BEGIN.plusSeconds(92),
                Map.of("BTC/USD", bitcoin),
                Amount.of("9997.96913581"),
                Amount.of("9942.10493856"));
    }

    /** The other bot's life, told by itself. */
    private void elsewhere() {
        var told = "{\"pair\":\"BTC/USDT\",\"profit_ratio\":0.0135}";
        var hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        external(1, "create-84", new BotCreated(BotKind.EXTERNAL, ELSEWHERE, FIRST_TOKEN));
        external(2, null, new HeartbeatRecorded(ReportedStatus.RUNNING, "3 trades open"));
        external(3, "fill-1", new ExternalReported(ReportType.TRADE, null, "freqtrade", "application/json", told));
        external(4, "save-1", new DocumentSaved(new Document("text/plain", hash, 5, null), "aGVsbG8="));
        external(5, "token-2", new TokenIssued(SECOND_TOKEN, "operator"));
        external(6, null, new SilenceNoticed(312));
        external(
                7,
                null,
                new ExternalReported(
                        ReportType.STATUS, ReportedStatus.FAILED, "freqtrade", "text/plain", "process died"));
        external(
                8,
                "save-2",
                new DocumentSaved(
                        new Document("application/vnd.sqlite3", hash, 734_003_200, "documents/" + hash), null));
        external(
                9,
                null,
                new CheckpointTaken("every 5 minutes", fold.find(EXTERNAL).orElseThrow()));
    }

    private void external(long sequence, @Nullable String key, BotEvent event) {
        add(new BotEventRecorded(id(), now(), SOURCE, 1, EXTERNAL, sequence, key, null, event));
    }

    /** A fourth bot's cycles and limits. */
    private void triangle() {
        arbitrage(1, "create-91", new BotCreated(BotKind.TRADING, TRIANGLE));
        arbitrage(2, "start-91", new BotStarted());
        arbitrage(3, null, new CycleExecuted(cycle()));
        arbitrage(4, null, new LimitReached(Limit.TRADES_PER_HOUR, "BTC/USD", Amount.of(1), Amount.of(1), null));
        arbitrage(5, null, cutPurchase());
        arbitrage(6, null, new LimitReached(Limit.STOP_LOSS, "ETH/USD", Amount.of("0.12"), Amount.of("0.1"), sale()));
        arbitrage(7, null, new CheckpointTaken("every 5 minutes", valued()));
        arbitrage(8, "clear-91", new EmergencyCleared("looked at by the operator"));
    }

    public static List<LogRecord> records() {
        return List.copyOf(new Story().records);
    }

    /** The bot at the story's end. */
    public static BotState end() {
        return new Story().state();
    }

    /** The bot that runs elsewhere at the story's end. */
    public static BotState external() {
        return new Story().fold.find(EXTERNAL).orElseThrow();
    }

    /** The bot that was away for long at the story's end. */
    public static BotState late() {
        return new Story().fold.find(LATE).orElseThrow();
    }

    /** The bot after the story's first records. */
    public static BotState after(int count) {
        return after(BOT, count).orElseThrow();
    }

    /** A bot of the story after its first records; empty as long as it is not known. */
    public static Optional<BotState> after(BotId bot, int count) {
        var fold = new PartitionFold();
        records().stream().limit(count).forEach(fold::apply);
        return fold.find(bot);
    }

    private static BotEvent created() {
        return new BotCreated(BotKind.TRADING, CONFIGURATION);
    }

    private static BotEvent trade(Side side, String quantity, String price, String fee, long bar) {
        var at = Instant.parse("2025-01-06T00:00:00Z").plusSeconds(60 * bar);
        return new TradeExecuted(
                new Fill("BTC/USD", side, Amount.of(quantity), Amount.of(price), Amount.of(fee), at, bar));
    }

    /** 2,002 USD become 20 ETH, all but 0.01 of them 0.49984935 BTC, and these 2,002.64116736 USD. */
    private static Cycle cycle() {
        var at = Instant.parse("2025-01-06T02:00:00Z");
        return new Cycle(
                "ETH/BTC",
                List.of(
                        fill("ETH/USD", Side.BUY, "20", "100", "2", at),
                        fill("ETH/BTC", Side.SELL, "19.99", "0.02503", "0.00050035", at),
                        fill("BTC/USD", Side.SELL, "0.49984935", "4010.5", "2.00464582", at)));
    }

    /** The same once more. */
    private static Cycle laterCycle() {
        var at = Instant.parse("2025-01-06T13:00:00Z");
        return new Cycle(
                "ETH/BTC",
                List.of(
                        fill("ETH/USD", Side.BUY, "20", "100", "2", at),
                        fill("ETH/BTC", Side.SELL, "19.99", "0.02503", "0.00050035", at),
                        fill("BTC/USD", Side.SELL, "0.49984935", "4010.5", "2.00464582", at)));
    }

    private static LimitReached cutPurchase() {
        var fill = fill("ETH/USD", Side.BUY, "9.99", "100", "0.999", Instant.parse("2025-01-06T03:05:00Z"));
        return new LimitReached(Limit.POSITION, "ETH/USD", Amount.of("3300.5"), Amount.of(1_000), fill);
    }

    private static Fill sale() {
        return fill("ETH/USD", Side.SELL, "10", "60", "0.6", Instant.parse("2025-01-06T04:00:00Z"));
    }

    private static Fill fill(String symbol, Side side, String quantity, String price, String fee, Instant at) {
        var minute = Duration.between(Instant.parse("2025-01-06T00:00:00Z"), at).toMinutes();
        return new Fill(symbol, side, Amount.of(quantity), Amount.of(price), Amount.of(fee), at, minute);
    }

    /** It never was worth as much as its symbols at their best together. */
    private BotState valued() {
        var state = fold.find(OTHER).orElseThrow();
        var portfolio = state.portfolio();
        return state.withPortfolio(new Portfolio(portfolio.symbols(), portfolio.recentTrades(), Amount.of("10001.5")));
    }

    private BotState marked() {
        var state = state();
        var symbols = new LinkedHashMap<>(state.portfolio().symbols());
        symbols.computeIfPresent("BTC/USD", (_, symbol) -> symbol.marked(Amount.of("8300.5"), 40));
        return state.withPortfolio(new Portfolio(symbols, state.portfolio().recentTrades()));
    }

    private BotState state() {
        return fold.find(BOT).orElseThrow();
    }

    private void arbitrage(long sequence, @Nullable String key, BotEvent event) {
        add(new BotEventRecorded(id(), now(), SOURCE, 1, OTHER, sequence, key, null, event));
    }

    private void add(long sequence, @Nullable String key, @Nullable String traceparent, BotEvent event) {
        add(new BotEventRecorded(id(), now(), SOURCE, 1, BOT, sequence, key, traceparent, event));
    }

    private void add(LogRecord entry) {
        records.add(entry);
        fold.apply(entry);
    }

    private UUID id() {
        return UUID.fromString("019a9b53-6e%02d-7000-8000-0000000000%02d".formatted(records.size(), records.size()));
    }

    private Instant now() {
        return BEGIN.plusMillis(1_500L * records.size());
    }
}
