package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.ReportType;
import io.everstate.contracts.external.ReportedStatus;
import io.everstate.contracts.wire.EventTypes;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fact about one bot. Only the fold turns it into state. Wire names are fixed by {@link #eventType()} and golden files. */
public sealed interface BotEvent {
    String DOMAIN = "bot";

    /** @param tokenHash SHA-256 in hex of the token by which a bot that runs elsewhere reports; null of others */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BotCreated(
            BotKind kind,
            BotConfiguration configuration,
            @Nullable String tokenHash) implements BotEvent {
        public BotCreated {
            requireNonNull(kind, "kind").require(requireNonNull(configuration, "configuration"));
            if (tokenHash != null) {
                Document.requireHash(tokenHash);
            }
        }

        /** Without a token. */
        public BotCreated(BotKind kind, BotConfiguration configuration) {
            this(kind, configuration, null);
        }
    }

    @JsonIgnoreProperties(
            ignoreUnknown = true) // any annotation: without one Jackson refuses to write a record of no components
    record BotStarted() implements BotEvent {}

    record BotStopped(StopReason reason) implements BotEvent {
        public BotStopped {
            requireNonNull(reason, "reason");
        }
    }

    /** An operator decided something else about it; symbols and initial balance stay. */
    record BotConfigured(BotConfiguration configuration, String by) implements BotEvent {
        public BotConfigured {
            requireNonNull(configuration, "configuration");
            requireNonNull(by, "by");
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true) // as above
    record BotPaused() implements BotEvent {}

    @JsonIgnoreProperties(ignoreUnknown = true) // as above
    record BotResumed() implements BotEvent {}

    record BotDeleted(String by) implements BotEvent {
        public BotDeleted {
            requireNonNull(by, "by");
        }
    }

    /** Its owner was lost while it ran; the next one goes on with it. */
    @JsonIgnoreProperties(ignoreUnknown = true) // as above
    record BotRestarted() implements BotEvent {}

    /** It should run and does not: people must hear of it. */
    record BotNotReturned(String reason) implements BotEvent {
        public BotNotReturned {
            requireNonNull(reason, "reason");
        }
    }

    /**
     * It was away for long; its positions are valued at present prices before it goes on.
     *
     * @param since nobody looked at its markets since then
     * @param symbols what became of each of its markets meanwhile
     */
    record ReturnedAfterPause(Instant since, Map<String, Revaluation> symbols, Amount valueBefore, Amount valueNow)
            implements BotEvent {
        public ReturnedAfterPause {
            requireNonNull(since, "since");
            requireNonNull(valueBefore, "valueBefore");
            requireNonNull(valueNow, "valueNow");
            symbols.forEach((name, symbol) -> requireNonNull(symbol, name));
            symbols = Collections.unmodifiableMap(new LinkedHashMap<>(symbols));
        }

        /** One market before and after the pause. */
        public record Revaluation(Amount priceBefore, Amount priceNow, Amount valueBefore, Amount valueNow) {
            public Revaluation {
                requireNonNull(priceBefore, "priceBefore");
                requireNonNull(priceNow, "priceNow");
                requireNonNull(valueBefore, "valueBefore");
                requireNonNull(valueNow, "valueNow");
            }

            boolean fits() {
                return Stream.of(priceBefore, priceNow, valueBefore, valueNow).allMatch(Amount::fits);
            }
        }

        static ReturnedAfterPause of(BotState state, Instant since, Map<String, Amount> prices) {
            var before = state.portfolio();
            var now = before.valuedAt(prices);
            var symbols = new LinkedHashMap<String, Revaluation>();
            before.symbols().forEach((name, symbol) -> {
                var valued = requireNonNull(now.symbols().get(name));
                symbols.put(
                        name,
                        new Revaluation(
                                symbol.currentPrice(),
                                valued.currentPrice(),
                                symbol.totalValue(),
                                valued.totalValue()));
            });
            return new ReturnedAfterPause(since, symbols, before.totalValue(), now.totalValue());
        }

        boolean isOf(BotState state) {
            var absence = state.lifecycle().absence();
            return absence != null
                    && since.equals(absence.since())
                    && state.portfolio().symbols().keySet().containsAll(symbols.keySet());
        }

        /** Whether all of it can be read back. */
        boolean fits() {
            return valueBefore.fits()
                    && valueNow.fits()
                    && symbols.values().stream().allMatch(Revaluation::fits);
        }

        Map<String, Amount> prices() {
            var prices = new LinkedHashMap<String, Amount>();
            symbols.forEach((name, symbol) -> prices.put(name, symbol.priceNow()));
            return prices;
        }
    }

    /** Something that a bot did in its markets, with what it had seen there by then and the log did not know yet. */
    sealed interface MarketEvent extends BotEvent {
        /** Null when there was nothing. */
        @Nullable
        Marks marks();

        MarketEvent with(@Nullable Marks marks);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TradeExecuted(Fill fill, @Nullable Marks marks) implements MarketEvent {
        public TradeExecuted {
            requireNonNull(fill, "fill");
        }

        /** Without marks. */
        public TradeExecuted(Fill fill) {
            this(fill, null);
        }

        @Override
        public TradeExecuted with(@Nullable Marks seen) {
            return new TradeExecuted(fill, seen);
        }
    }

    /**
     * A limit held the bot back. Announced once: not again before the next trade in that symbol.
     *
     * @param measured what was found: the fall of the value (0.12 = 12 %), the trades of the last hour, the value that the position would
     *     have had
     * @param allowed the limit
     * @param fill what was done in its place, in the same record so that one never counts without the other: the sale of the position at a
     *     stop-loss (null when there was none, or it was not worth its fee), the purchase that was cut to the largest position (null when
     *     nothing was left to buy)
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LimitReached(
            Limit limit,
            String symbol,
            Amount measured,
            Amount allowed,
            @Nullable Fill fill,
            @Nullable Marks marks) implements MarketEvent {
        public LimitReached {
            requireNonNull(limit, "limit");
            requireNonNull(symbol, "symbol");
            requireNonNull(measured, "measured");
            requireNonNull(allowed, "allowed");
            var side = limit == Limit.STOP_LOSS ? Side.SELL : Side.BUY;
            if (fill != null && (!fill.symbol().equals(symbol) || fill.side() != side)) {
                throw new IllegalArgumentException("at " + limit + " only a " + side + " of " + symbol + " can happen");
            }
        }

        /** Without marks. */
        public LimitReached(Limit limit, String symbol, Amount measured, Amount allowed, @Nullable Fill fill) {
            this(limit, symbol, measured, allowed, fill, null);
        }

        @Override
        public LimitReached with(@Nullable Marks seen) {
            return new LimitReached(limit, symbol, measured, allowed, fill, seen);
        }
    }

    /** Three trades that only count together. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CycleExecuted(Cycle cycle, @Nullable Marks marks) implements MarketEvent {
        public CycleExecuted {
            requireNonNull(cycle, "cycle");
        }

        /** Without marks. */
        public CycleExecuted(Cycle cycle) {
            this(cycle, null);
        }

        @Override
        public CycleExecuted with(@Nullable Marks seen) {
            return new CycleExecuted(cycle, seen);
        }
    }

    /**
     * The risk guard or a person stopped trading.
     *
     * @param drawdown the fall from the highest value that was seen, 0.21 = 21 %
     */
    record EmergencyStopped(String reason, Amount drawdown) implements BotEvent {
        public EmergencyStopped {
            requireNonNull(reason, "reason");
            requireNonNull(drawdown, "drawdown");
        }
    }

    /** A person has looked: ends an emergency stop, and lets be bought again where a stop-loss ended it. */
    record EmergencyCleared(String reason) implements BotEvent {
        public EmergencyCleared {
            requireNonNull(reason, "reason");
        }
    }

    /** Carries the whole state; its sequence may jump ahead. */
    record CheckpointTaken(String reason, BotState state) implements BotEvent {
        public CheckpointTaken {
            requireNonNull(reason, "reason");
            requireNonNull(state, "state");
        }
    }

    /** A fact about a bot that runs elsewhere. */
    sealed interface ExternalEvent extends BotEvent {
        int LONGEST_CONTENT = 65_536;
        /** In bytes; what is larger goes to object storage. */
        int LARGEST_INLINE = 1 << 20;

        /**
         * Something that the bot told of itself.
         *
         * @param status what it says that it is now, if it says so
         * @param origin the way by which it came: {@code bot}, {@code freqtrade}, {@code hummingbot}
         * @param content as it came, never interpreted here; at most {@value ExternalEvent#LONGEST_CONTENT} characters
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        record ExternalReported(
                ReportType type, @Nullable ReportedStatus status, String origin, String contentType, String content)
                implements ExternalEvent {
            public ExternalReported {
                requireNonNull(type, "type");
                requireNonNull(origin, "origin");
                requireNonNull(contentType, "contentType");
                if (requireNonNull(content, "content").length() > LONGEST_CONTENT) {
                    throw new IllegalArgumentException(
                            "the content of a report has at most " + LONGEST_CONTENT + " characters");
                }
            }
        }

        /** The bot was alive; recorded when it says something new, else once in a while. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        record HeartbeatRecorded(
                ReportedStatus status, @Nullable String detail) implements ExternalEvent {
            public HeartbeatRecorded {
                requireNonNull(status, "status");
            }
        }

        /** It was heard no more for longer than it may be silent. */
        record SilenceNoticed(long seconds) implements ExternalEvent {}

        /**
         * An opaque checkpoint of the bot's own.
         *
         * @param content the bytes in base64; null when object storage holds them
         */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        record DocumentSaved(Document document, @Nullable String content) implements ExternalEvent {
            private static final int LONGEST_BASE64 = (LARGEST_INLINE + 2) / 3 * 4;

            public DocumentSaved {
                requireNonNull(document, "document");
                if ((content == null) == (document.object() == null)) {
                    throw new IllegalArgumentException("a document is either in its event or in object storage");
                }
                if (content != null && content.length() > LONGEST_BASE64) {
                    throw new IllegalArgumentException(
                            "a document in its event has at most " + LARGEST_INLINE + " bytes");
                }
            }
        }

        /**
         * The bot has another token; the one before is dead.
         *
         * @param tokenHash its SHA-256 in hex
         */
        record TokenIssued(String tokenHash, String by) implements ExternalEvent {
            public TokenIssued {
                Document.requireHash(requireNonNull(tokenHash, "tokenHash"));
                requireNonNull(by, "by");
            }
        }
    }

    /** What was bought and sold by it, in that order: as many trades. */
    default List<Fill> fills() {
        return switch (this) {
            case TradeExecuted(var fill, var _) -> List.of(fill);
            case LimitReached reached when reached.fill() != null -> List.of(reached.fill());
            case CycleExecuted(var cycle, var _) -> cycle.legs();
            default -> List.of();
        };
    }

    /** {@code io.everstate.bot.trade-executed.v1} for {@link TradeExecuted}. */
    default String eventType() {
        return EventTypes.nameOf(DOMAIN, getClass());
    }
}
