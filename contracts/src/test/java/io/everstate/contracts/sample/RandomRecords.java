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
import io.everstate.contracts.bot.Cycle;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Limit;
import io.everstate.contracts.bot.Marks;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.external.ReportType;
import io.everstate.contracts.external.ReportedStatus;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of a few bots that are often in order and often not, with values from everyday to the last that a type can hold. */
public final class RandomRecords {
    public static final List<String> SYMBOLS = List.of("BTC/USD", "ETH/USD", "ETH/BTC");
    private static final List<BotId> BOTS = List.of(
            BotId.of("019a9b53-0000-7000-8000-000000000001"),
            BotId.of("019a9b53-0000-7000-8000-000000000002"),
            BotId.of("019a9b53-0000-7000-8000-000000000003"));

    private final Random random;
    private final RandomStates states;

    public RandomRecords(long seed) {
        random = new Random(seed);
        states = new RandomStates(random);
    }

    public List<LogRecord> log(int length) {
        var log = new ArrayList<LogRecord>();
        var sequences = new long[BOTS.size()];
        var epoch = 0L;
        while (log.size() < length) {
            if (random.nextInt(20) == 0 || log.isEmpty()) {
                var higher = epoch + random.nextInt(-1, 3);
                var claim = random.nextInt(3) > 0 ? claim(higher) : release(higher);
                epoch = Math.max(epoch, claim.epoch());
                log.add(claim);
            } else {
                var bot = random.nextInt(BOTS.size());
                var event = event(BOTS.get(bot), sequences[bot] == 0);
                sequences[bot] = sequence(sequences[bot], event);
                var epochOfWriter = random.nextInt(15) == 0 ? epoch - 1 : epoch;
                log.add(recorded(BOTS.get(bot), epochOfWriter, sequences[bot], event));
            }
        }
        return log;
    }

    /** Any record, in no order. */
    public LogRecord any() {
        var bot = BOTS.get(random.nextInt(BOTS.size()));
        return switch (random.nextInt(16)) {
            case 0 -> claim(states.number());
            case 1 -> release(states.number());
            default -> recorded(bot, states.number(), states.number(), event(bot, random.nextBoolean()));
        };
    }

    /** Mostly the next; sometimes known already, sometimes with some left out, seldom absurd. */
    private long sequence(long known, BotEvent event) {
        return switch (random.nextInt(event instanceof CheckpointTaken ? 6 : 25)) {
            case 0 -> known;
            case 1 -> known + 1 + random.nextInt(5);
            case 2 -> random.nextInt(10) == 0 ? states.number() : known + 1;
            default -> known + 1;
        };
    }

    private BotEvent event(BotId bot, boolean first) {
        if (first && random.nextInt(4) > 0) {
            return random.nextInt(4) > 0
                    ? new BotCreated(BotKind.TRADING, configuration())
                    : new BotCreated(BotKind.EXTERNAL, configuration(), random.nextBoolean() ? null : states.hash());
        }
        return switch (random.nextInt(44)) {
            case 0 -> new BotCreated(BotKind.TRADING, configuration());
            case 1, 2, 3, 4 -> new BotStarted();
            case 5 -> new BotStopped(states.oneOf(StopReason.values()));
            case 6 -> new BotRestarted();
            case 7 -> new EmergencyStopped(states.text(), states.amount());
            case 8, 9 -> new EmergencyCleared(states.text());
            case 10 -> new CheckpointTaken(states.text(), states.state(random.nextInt(6) == 0 ? BOTS.getFirst() : bot));
            case 11 -> new BotConfigured(random.nextBoolean() ? configuration() : Story.CONFIGURATION, states.text());
            case 12, 13 -> new BotPaused();
            case 14, 15 -> new BotResumed();
            case 16 -> new BotDeleted(states.text());
            case 17, 18 -> new HeartbeatRecorded(states.oneOf(ReportedStatus.values()), optional());
            case 19, 20 -> reported();
            case 21 -> new DocumentSaved(states.document(null), "aGVsbG8=");
            case 22 -> new DocumentSaved(states.document(states.text()), null);
            case 23 -> new TokenIssued(states.hash(), states.text());
            case 24 -> new SilenceNoticed(states.number());
            case 25 -> new BotNotReturned(states.text());
            case 26 -> returned();
            case 27, 28 -> limit();
            case 29 -> new CycleExecuted(cycle(), marks());
            default -> new TradeExecuted(fill(), marks());
        };
    }

    private ReturnedAfterPause returned() {
        var symbols = new LinkedHashMap<String, Revaluation>();
        SYMBOLS.subList(0, random.nextInt(4))
                .forEach(name -> symbols.put(
                        name, new Revaluation(states.amount(), states.amount(), states.amount(), states.amount())));
        return new ReturnedAfterPause(states.instant(), symbols, states.amount(), states.amount());
    }

    private ExternalReported reported() {
        var status = random.nextBoolean() ? null : states.oneOf(ReportedStatus.values());
        return new ExternalReported(
                states.oneOf(ReportType.values()), status, states.text(), "text/plain", states.text());
    }

    public BotConfiguration configuration() {
        return new BotConfiguration(
                states.text(),
                "moving-average",
                SYMBOLS.subList(0, 1 + random.nextInt(3)),
                states.positive(),
                Amount.of("0.001"),
                random.nextBoolean() ? Map.of() : Map.of("fast", Amount.of(10), "slow", states.amount()),
                states.oneOf(RestartPolicy.values()),
                random.nextBoolean() ? null : Amount.of("0.2"),
                random.nextBoolean() ? Map.of() : Map.of("env", states.text()),
                random.nextInt(4) > 0 ? List.of() : BOTS,
                random.nextBoolean() ? Amount.ZERO : Amount.of("0.0005"),
                random.nextBoolean() ? RiskLimits.NONE : limits());
    }

    private RiskLimits limits() {
        return new RiskLimits(
                random.nextBoolean() ? null : Amount.of("0.1"),
                random.nextBoolean() ? null : random.nextInt(),
                random.nextBoolean() ? null : states.amount());
    }

    private LimitReached limit() {
        var limit = random.nextInt(6) == 0 ? Limit.STOP_LOSS : states.oneOf(Limit.values());
        var fill = fill();
        var fits = (fill.side() == Side.SELL) == (limit == Limit.STOP_LOSS) && random.nextBoolean();
        return new LimitReached(limit, fill.symbol(), states.amount(), states.amount(), fits ? fill : null, marks());
    }

    private @Nullable Marks marks() {
        if (random.nextBoolean()) {
            return null;
        }
        var symbols = new LinkedHashMap<String, Marks.Mark>();
        SYMBOLS.subList(0, random.nextInt(4))
                .forEach(name -> symbols.put(name, new Marks.Mark(states.amount(), states.number(), states.amount())));
        return new Marks(symbols, random.nextBoolean() ? null : states.amount());
    }

    /** Both ways around, with dust, sense and nonsense. */
    public Cycle cycle() {
        var at = states.instant();
        var forth = random.nextBoolean();
        var legs = forth
                ? List.of(leg("BTC/USD", Side.BUY, at), leg("ETH/BTC", Side.BUY, at), leg("ETH/USD", Side.SELL, at))
                : List.of(leg("ETH/USD", Side.BUY, at), leg("ETH/BTC", Side.SELL, at), leg("BTC/USD", Side.SELL, at));
        return new Cycle(SYMBOLS.get(random.nextInt(3)), legs);
    }

    private Fill leg(String symbol, Side side, Instant at) {
        return new Fill(
                symbol,
                side,
                random.nextInt(3) > 0 ? Amount.of(1 + random.nextInt(9)) : states.positive(),
                random.nextInt(3) > 0 ? Amount.of(1) : states.positive(),
                random.nextInt(3) > 0 ? Amount.ZERO : states.positive(),
                at,
                states.number());
    }

    public Fill fill() {
        var fee = random.nextInt(3) == 0 ? states.positive() : Amount.of(random.nextInt(3));
        return new Fill(
                SYMBOLS.get(Math.min(2, random.nextInt(12) / 5)),
                states.oneOf(Side.values()),
                states.positive(),
                states.positive(),
                fee,
                states.instant(),
                states.number());
    }

    private LogRecord claim(long epoch) {
        return new OwnershipClaimed(
                id(), states.instant(), "/everstate/bot-service/a", epoch, "http://" + states.text());
    }

    private LogRecord release(long epoch) {
        return new OwnershipReleased(
                id(),
                states.instant(),
                "/everstate/bot-service/a",
                epoch,
                "http://" + states.text(),
                states.number(),
                BOTS.subList(0, random.nextInt(BOTS.size() + 1)));
    }

    private BotEventRecorded recorded(BotId bot, long epoch, long sequence, BotEvent event) {
        return new BotEventRecorded(
                id(), states.instant(), states.text(), epoch, bot, sequence, optional(), optional(), event);
    }

    private @Nullable String optional() {
        return random.nextBoolean() ? null : states.text();
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
