package io.everstate.state.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("PT1")
@Tag("PT10")
class PaperTraderTest {
    private static Draft only(String text) {
        return new PaperTrader(Files.origin(text)).read().getFirst();
    }

    private static List<Violation> violations(String text) {
        var refused = catchThrowableOfType(InvalidException.class, () -> new PaperTrader(Files.origin(text)).read());
        return Objects.requireNonNull(refused, "it was taken").violations();
    }

    @Test
    void takesThePublishedExample() {
        var draft = only(Files.PAPER);

        var bot = draft.bot();
        assertThat(bot.configuration().symbols()).containsExactly("BTC/USDT");
        assertThat(bot.configuration().initialBalance()).isEqualTo(Amount.of(10_000));
        assertThat(bot.lifecycle().createdAt()).isEqualTo(Instant.parse("2025-01-20T10:00:00Z"));
        assertThat(bot.lifecycle().runningTime()).isEqualTo(Duration.parse("PT4H35M45.123456S"));
        assertThat(bot.lifecycle().stopReason()).isEqualTo(StopReason.RESTART);
        var symbol = Objects.requireNonNull(bot.symbols().get("BTC/USDT"));
        assertThat(symbol.balance()).isEqualTo(Amount.of("5234.56"));
        assertThat(symbol.position()).isEqualTo(Amount.of("0.05320304"));
        assertThat(symbol.totalValue()).as("balance and position_value").isEqualTo(Amount.of("10134.559984"));
        assertThat(symbol.entryPrice()).isEqualTo(Amount.of(91_464));
        assertThat(symbol.totalFees()).isEqualTo(Amount.of("23.45"));
        assertThat(symbol.trades()).isEqualTo(14);
        assertThat(symbol.tradesLastHour()).hasSize(2);
        assertThat(symbol.highestValue()).isEqualTo(Amount.of(10_500));
        assertThat(symbol.realisedProfit().plus(symbol.unrealisedProfit()))
                .as("profit is what it is worth beyond what it began with")
                .isEqualTo(symbol.totalValue().minus(Amount.of(10_000)));
        assertThat(draft.notes())
                .anyMatch(note ->
                        note.contains("traders.BTCUSDT.position: 0.3 is a share") && note.contains("0.000016 less"));
    }

    @Test
    void aPositionThatIsAQuantityIsTakenAsItIs() {
        var draft = only(Files.PAPER.replace("\"position_value\": 4900.0", "\"position_value\": 27630.0"));

        assertThat(Objects.requireNonNull(draft.bot().symbols().get("BTC/USDT")).position())
                .isEqualTo(Amount.of("0.3"));
        assertThat(draft.notes()).noneMatch(note -> note.contains("share"));
    }

    @Test
    @Tag("PT7")
    void anEmergencyStopComesAlong() {
        var draft = only(Files.PAPER
                .replace("\"emergency_stopped\": false", "\"emergency_stopped\": true")
                .replace("\"emergency_reason\": null", "\"emergency_reason\": \"drawdown -20.5%\""));

        var stop = Objects.requireNonNull(draft.bot().lifecycle().emergencyStop());
        assertThat(stop.reason()).isEqualTo("drawdown -20.5%");
        assertThat(draft.bot().lifecycle().stopReason()).isEqualTo(StopReason.EMERGENCY);
    }

    @Test
    void anUnknownVersionIsRefusedBeforeAnythingElseIsRead() {
        assertThat(violations(Files.PAPER
                        .replace("\"version\": \"1.0\"", "\"version\": \"2.0\"")
                        .replace("balance", "b")))
                .containsExactly(
                        new Violation("version", "\"2.0\" is not known, only \"1.0\"; the file stays as it is"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"balance\": 5234.56 | \"balance\": 5234.560000000001 | traders.BTCUSDT.balance | cannot be kept exactly",
                "\"balance\": 5234.56 | \"balance\": -0.01 | traders.BTCUSDT.balance | must not be negative",
                "\"balance\": 5234.56 | \"balance\": \"NaN\" | traders.BTCUSDT.balance | must be a number",
                "\"balance\": 5234.56 | \"balance\": null | traders.BTCUSDT.balance | is missing",
                "\"balance\": 5234.56 | \"balance\": 1e999 | traders.BTCUSDT.balance | too many digits",
                "\"position\": 0.3 | \"position\": -0.3 | traders.BTCUSDT.position | is short",
                "\"current_price\": 92100.0 | \"current_price\": 0 | traders.BTCUSDT.current_price | must be above 0",
                "\"num_trades\": 14 | \"num_trades\": 14.5 | traders.BTCUSDT.num_trades | whole number",
                "\"num_trades\": 14 | \"num_trades\": 14, \"leverage\": 3 | traders.BTCUSDT.leverage | is not known",
                "\"emergency_reason\": null | \"emergency_reason\": null, \"x\": 1 | x | is not known",
                "2025-01-20T14:30:00.000000 | yesterday | traders.BTCUSDT.last_trade_time | is no time",
                "\"max_loss_reached\": false | \"max_loss_reached\": \"no\" | traders.BTCUSDT.max_loss_reached | true or false",
                "\"timestamp\": \"2025 | \"timestamp\": \"2024 | timestamp | must not be before"
            })
    void whatIsWrongIsNamed(String right, String wrong, String field, String message) {
        assertThat(Files.PAPER).contains(right);

        assertThat(violations(Files.PAPER.replace(right, wrong))).anySatisfy(violation -> {
            assertThat(violation.field()).isEqualTo(field);
            assertThat(violation.message()).contains(message);
        });
    }

    @Test
    void askedToItRoundsAndSaysSo() {
        var text = Files.PAPER.replace("\"balance\": 5234.56", "\"balance\": 5234.560000000001");

        var draft = new PaperTrader(Files.origin(text, true)).read().getFirst();

        assertThat(Objects.requireNonNull(draft.bot().symbols().get("BTC/USDT")).balance())
                .isEqualTo(Amount.of("5234.56"));
        assertThat(draft.notes()).contains("traders.BTCUSDT.balance: 5234.560000000001 is rounded to 5234.56");
    }

    @Test
    void timesWithoutAZoneAreOfTheOneThatWasSaid() {
        var reading = new Reading(ZoneId.of("Europe/Berlin"), false, new Remarks());
        var origin = new Origin(Files.file(Files.PAPER), "state", "grid", Map.of("BTCUSDT", "BTC/USD"), reading);

        var bot = new PaperTrader(origin).read().getFirst().bot();

        assertThat(bot.lifecycle().createdAt()).isEqualTo(Instant.parse("2025-01-20T09:00:00Z"));
        assertThat(bot.configuration().symbols()).containsExactly("BTC/USD");
        assertThat(bot.configuration().strategy()).isEqualTo("grid");
    }
}
