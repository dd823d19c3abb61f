package io.everstate.contracts.sample;

import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.CommandOutcome;
import io.everstate.contracts.bot.ConfigurationVersion;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.Lifecycle.EmergencyStop;
import io.everstate.contracts.bot.Limit;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.bot.SymbolState;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.ExternalState;
import io.everstate.contracts.external.Heartbeat;
import io.everstate.contracts.external.Report;
import io.everstate.contracts.external.ReportType;
import io.everstate.contracts.external.ReportedStatus;
import io.everstate.contracts.external.SavedDocument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values and states that a forged or damaged record could carry, and everyday ones between them. */
final class RandomStates {
    private static final Amount LARGEST = Amount.of("9999999999999999999999.99999999");
    private static final List<Instant> TURNS = List.of(Instant.MIN, Instant.MAX, Instant.EPOCH);
    private static final List<Long> EDGES = List.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE - 1, Long.MAX_VALUE);

    private final Random random;

    RandomStates(Random random) {
        this.random = random;
    }

    BotState state(BotId id) {
        var kind = random.nextInt(4) > 0 ? BotKind.TRADING : BotKind.EXTERNAL;
        return new BotState(
                BotState.VERSION,
                id,
                kind,
                Story.CONFIGURATION,
                number(),
                instant(),
                lifecycle(),
                portfolio(),
                IntStream.range(0, random.nextInt(140))
                        .mapToObj(i -> new CommandOutcome(text(), i, "type"))
                        .toList(),
                versions(),
                kind == BotKind.EXTERNAL ? external() : null);
    }

    private ExternalState external() {
        return new ExternalState(
                random.nextBoolean() ? null : hash(),
                random.nextBoolean() ? null : oneOf(ReportedStatus.values()),
                random.nextBoolean() ? null : new Heartbeat(instant(), oneOf(ReportedStatus.values()), text()),
                random.nextBoolean() ? null : new SavedDocument(number(), instant(), document(text())),
                number(),
                number(),
                IntStream.range(0, random.nextInt(30))
                        .mapToObj(i -> new Report(i, instant(), oneOf(ReportType.values()), text(), text()))
                        .toList());
    }

    Document document(@Nullable String object) {
        return new Document(text(), hash(), random.nextInt(1_000_000), object);
    }

    String hash() {
        return "%064x".formatted(new BigInteger(256, random));
    }

    private List<ConfigurationVersion> versions() {
        var number = random.nextInt(4) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(12);
        return List.of(new ConfigurationVersion(number, instant(), text(), Story.CONFIGURATION));
    }

    private Lifecycle lifecycle() {
        return new Lifecycle(
                oneOf(BotStatus.values()),
                instant(),
                random.nextBoolean() ? null : instant(),
                random.nextBoolean() ? null : instant(),
                random.nextBoolean() ? null : oneOf(StopReason.values()),
                (int) number(),
                Duration.ofSeconds(number()),
                random.nextInt(4) > 0 ? null : new EmergencyStop(text(), instant()),
                random.nextInt(4) > 0 ? null : absence());
    }

    private Absence absence() {
        return new Absence(
                random.nextBoolean() ? null : instant(),
                random.nextBoolean() ? null : new Absence.NotReturned(text(), instant()),
                random.nextBoolean() ? null : new Absence.Return(instant(), instant(), amount(), amount()));
    }

    private Portfolio portfolio() {
        var symbols = new LinkedHashMap<String, SymbolState>();
        RandomRecords.SYMBOLS.subList(0, 1 + random.nextInt(3)).forEach(name -> symbols.put(name, symbol()));
        return new Portfolio(symbols, List.of(), random.nextBoolean() ? null : amount());
    }

    private SymbolState symbol() {
        return new SymbolState(
                amount(),
                random.nextBoolean() ? Amount.ZERO : positive(),
                amount(),
                amount(),
                amount(),
                amount(),
                number(),
                random.nextBoolean() ? null : instant(),
                IntStream.range(0, random.nextInt(5)).mapToObj(_ -> instant()).toList(),
                random.nextBoolean(),
                amount(),
                number(),
                random.nextBoolean() ? Set.of() : Set.of(oneOf(Limit.values())));
    }

    Amount amount() {
        return random.nextInt(3) > 0 ? positive() : Amount.ZERO.minus(positive());
    }

    Amount positive() {
        return switch (random.nextInt(12)) {
            case 0 -> LARGEST;
            case 1 -> Amount.of("0.00000001");
            case 2 -> Amount.of(new BigDecimal(new BigInteger(90, random).add(BigInteger.ONE), 8));
            default -> Amount.of(new BigDecimal(BigInteger.valueOf(1 + random.nextInt(1_000_000)), random.nextInt(9)));
        };
    }

    long number() {
        return random.nextInt(4) == 0 ? EDGES.get(random.nextInt(EDGES.size())) : random.nextInt(1_000);
    }

    /** Forwards and backwards in time. */
    Instant instant() {
        return random.nextInt(10) == 0
                ? TURNS.get(random.nextInt(TURNS.size()))
                : Instant.parse("2026-11-20T00:00:00Z").plusMillis(random.nextInt(7_200_000));
    }

    String text() {
        return List.of("a", "grüße", "\"quoted\"\n", "日本 🚀", "x".repeat(300)).get(random.nextInt(5));
    }

    <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
