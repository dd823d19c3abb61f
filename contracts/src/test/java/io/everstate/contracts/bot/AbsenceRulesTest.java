package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Absence.NotReturned;
import io.everstate.contracts.bot.BotCommand.ValueAfterPause;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotNotReturned;
import io.everstate.contracts.bot.BotEvent.BotPaused;
import io.everstate.contracts.bot.BotEvent.BotRestarted;
import io.everstate.contracts.bot.BotEvent.BotResumed;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.ReturnedAfterPause;
import io.everstate.contracts.bot.BotEvent.ReturnedAfterPause.Revaluation;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.Transition.Accepted;
import io.everstate.contracts.bot.Transition.Refused;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.sample.Story;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a bot knows of the time when nobody looked at its markets, and of not running though it should. */
class AbsenceRulesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
    private static final Duration DAYS = Duration.ofDays(3);
    private static final BotEvent STOPPED = new BotStopped(StopReason.COMMAND);
    private static final BotEvent MARKED = new BotStopped(StopReason.RESTART);
    private static final Map<String, Amount> PRICES = Map.of("BTC/USD", Amount.of(90), "ETH/USD", Amount.of(7));

    private final BotState bought = bought();

    @Test
    @Tag("PT8")
    void aBotThatWasStoppedForDaysWasAwaySinceItsStop() {
        var stopped = then(bought, STOPPED, Duration.ofMinutes(1));

        var started = then(stopped, new BotStarted(), DAYS);

        assertThat(started.lifecycle().absenceSince()).contains(stopped.updatedAt());
    }

    @Test
    @Tag("PT8")
    void aPauseAndALostOwnerCountTheSame() {
        var paused = then(bought, new BotPaused(), Duration.ofMinutes(1));

        assertThat(then(paused, new BotResumed(), DAYS).lifecycle().absenceSince())
                .contains(paused.updatedAt());
        assertThat(then(bought, new BotRestarted(), DAYS).lifecycle().absenceSince())
                .contains(bought.updatedAt());
    }

    /** Its stop is written down when the service is there again, which is not when it was alive for the last time. */
    @Test
    @Tag("PT8")
    void aBotThatWasMarkedStoppedDaysLaterWasAwaySinceItsLastEvent() {
        var marked = then(bought, MARKED, DAYS);

        var started = then(marked, new BotStarted(), Duration.ofMinutes(1));

        assertThat(started.lifecycle().absenceSince()).contains(bought.updatedAt());
    }

    static Stream<List<BotEvent>> shortPauses() {
        return Stream.of(
                List.of(STOPPED, new BotStarted()),
                List.of(new BotPaused(), new BotResumed()),
                List.of(new BotRestarted()),
                List.of(MARKED, new BotStarted()));
    }

    @ParameterizedTest
    @MethodSource("shortPauses")
    void aShortPauseIsNotWorthAWord(List<BotEvent> events) {
        var state = bought;
        for (var event : events) {
            state = then(state, event, Absence.LONG.minusSeconds(1).dividedBy(events.size()));
        }

        assertThat(state.lifecycle().absence()).isNull();
    }

    @Test
    void aFirstStartIsNoReturn() {
        var created = accepted(transition(null, new BotCreated(BotKind.TRADING, Story.CONFIGURATION), BEGIN));

        assertThat(then(created, new BotStarted(), DAYS).lifecycle().absence()).isNull();
    }

    @Test
    @Tag("PT8")
    void itsPositionsAreValuedAtPresentPricesAndItSaysWhatChanged() {
        var away = then(bought, new BotRestarted(), DAYS);

        var event = (ReturnedAfterPause) requireNonNull(new ValueAfterPause(PRICES).event(away));
        var back = then(away, event, Duration.ofSeconds(1));

        assertThat(event.since()).isEqualTo(bought.updatedAt());
        assertThat(event.symbols())
                .containsEntry(
                        "BTC/USD",
                        new Revaluation(
                                Amount.of(100), Amount.of(90), Amount.of("5000.00000001"), Amount.of("4990.00000001")));
        assertThat(event.valueNow().minus(event.valueBefore())).isEqualTo(Amount.of(-10));
        assertThat(symbol(back).currentPrice()).isEqualTo(Amount.of(90));
        assertThat(symbol(back).feedPosition()).as("it goes on where it was").isEqualTo(5);
        assertThat(back.lifecycle().absence())
                .isEqualTo(new Absence(
                        null,
                        null,
                        new Absence.Return(
                                bought.updatedAt(), back.updatedAt(), event.valueBefore(), event.valueNow())));
    }

    @Test
    void itReturnsOnceAndOnlyWhileItRuns() {
        var away = then(bought, new BotRestarted(), DAYS);
        var returned = requireNonNull(new ValueAfterPause(PRICES).event(away));
        var back = then(away, returned, Duration.ofSeconds(1));
        var stopped = then(away, STOPPED, Duration.ofSeconds(1));

        assertThat(transition(back, returned, BEGIN)).isEqualTo(new Refused(Refusal.NOT_AWAY));
        assertThat(transition(stopped, returned, BEGIN)).isEqualTo(new Refused(Refusal.NOT_AWAY));
        assertThat(transition(bought, requireNonNull(new ValueAfterPause(PRICES).event(bought)), BEGIN))
                .isEqualTo(new Refused(Refusal.NOT_AWAY));
    }

    @Test
    void whatWasNeverValuedIsStillDueAfterAnotherStop() {
        var away = then(bought, new BotRestarted(), DAYS);
        var again = then(then(away, STOPPED, Duration.ofSeconds(1)), new BotStarted(), DAYS);

        assertThat(again.lifecycle().absenceSince()).contains(bought.updatedAt());
    }

    @Test
    @Tag("SF14")
    void whyItDoesNotRunIsKeptUntilItDoesOrNeedNot() {
        var missing = then(bought, new BotNotReturned("no such market"), Duration.ofSeconds(30));

        assertThat(requireNonNull(missing.lifecycle().absence()).notReturned())
                .isEqualTo(new NotReturned("no such market", missing.updatedAt()));
        for (var event : List.of(new BotRestarted(), STOPPED, new BotPaused())) {
            assertThat(then(missing, event, Duration.ofSeconds(1)).lifecycle().absence())
                    .as("%s", event)
                    .isNull();
        }
        assertThat(missing.lifecycle().found().absence()).isNull();
    }

    @Test
    @Tag("SF14")
    void aBotThatNeedNotRunIsNotMissing() {
        var stopped = then(bought, STOPPED, Duration.ofSeconds(1));

        assertThat(transition(stopped, new BotNotReturned("x"), BEGIN)).isEqualTo(new Refused(Refusal.NOT_RUNNING));
    }

    @Test
    void isWrittenAsItsGoldenTextAndReadFromIt() {
        var json = new JacksonFormat();
        var golden = Golden.text("state/bot-state.v1-4-late.json");

        assertThat(new String(json.write(Story.late()), StandardCharsets.UTF_8)).isEqualTo(golden);
        assertThat(json.read(golden.getBytes(StandardCharsets.UTF_8), BotState.class))
                .isEqualTo(Story.late());
    }

    private static SymbolState symbol(BotState state) {
        return requireNonNull(state.portfolio().symbols().get("BTC/USD"));
    }

    private static BotState bought() {
        var created = accepted(transition(null, new BotCreated(BotKind.TRADING, Story.CONFIGURATION), BEGIN));
        var fill = new Fill("BTC/USD", Side.BUY, Amount.of(1), Amount.of(100), Amount.ZERO, BEGIN, 5);
        return then(
                then(created, new BotStarted(), Duration.ofSeconds(1)), new TradeExecuted(fill), Duration.ofSeconds(1));
    }

    private static BotState then(BotState state, BotEvent event, Duration later) {
        return accepted(transition(state, event, state.updatedAt().plus(later)));
    }

    private static BotState accepted(Transition transition) {
        if (transition instanceof Accepted(var state)) {
            return state;
        }
        throw new AssertionError(transition);
    }

    private static Transition transition(@Nullable BotState state, BotEvent event, Instant at) {
        return Transition.of(Story.BOT, state, event, state == null ? 1 : state.sequence() + 1, at, null);
    }
}
