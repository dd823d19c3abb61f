package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotConfigured;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotDeleted;
import io.everstate.contracts.bot.BotEvent.BotPaused;
import io.everstate.contracts.bot.BotEvent.BotRestarted;
import io.everstate.contracts.bot.BotEvent.BotResumed;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.EmergencyCleared;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.Transition.Accepted;
import io.everstate.contracts.bot.Transition.Refused;
import io.everstate.contracts.sample.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each event does in each state of a bot's life: the whole table, cell by cell. */
class LifecycleRulesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
    private static final BotId OTHER = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c12");
    private static final BotEvent CREATED = new BotCreated(BotKind.TRADING, Story.CONFIGURATION);
    private static final BotEvent STARTED = new BotStarted();
    private static final BotEvent STOPPED = new BotStopped(StopReason.COMMAND);
    private static final BotEvent RESTARTED = new BotRestarted();
    private static final BotEvent EMERGENCY = new EmergencyStopped("drawdown", Amount.of("0.3"));
    private static final BotEvent CLEARED = new EmergencyCleared("looked at");
    private static final BotEvent BOUGHT =
            new TradeExecuted(new Fill("BTC/USD", Side.BUY, Amount.of(1), Amount.of(100), Amount.ZERO, BEGIN, 1));

    private static final BotEvent PAUSED = new BotPaused();
    private static final BotEvent RESUMED = new BotResumed();
    private static final BotEvent CONFIGURED = new BotConfigured(Story.RECONFIGURATION, "an operator");
    private static final BotEvent REBASED = new BotConfigured(
            new BotConfiguration(
                    "other basis",
                    "moving-average",
                    List.of("BTC/USD"),
                    Amount.of(1),
                    Amount.ZERO,
                    Map.of(),
                    RestartPolicy.RESUME,
                    null),
            "an operator");
    private static final BotEvent DELETED = new BotDeleted("an operator");

    /** Rows: the events that came before. Columns in the order of {@link #EVENTS}; a dot is accepted. */
    static Stream<Arguments> table() {
        return Stream.of(
                row(
                        "unknown",
                        List.of(),
                        ". UNKNOWN UNKNOWN UNKNOWN UNKNOWN UNKNOWN UNKNOWN UNKNOWN UNKNOWN UNKNOWN UNKNOWN UNKNOWN"),
                row(
                        "created",
                        List.of(CREATED),
                        "EXISTS . NOT_RUNNING NOT_RUNNING . NO_EMERGENCY NOT_RUNNING NOT_RUNNING NOT_PAUSED . FIXED ."),
                row(
                        "running",
                        List.of(CREATED, STARTED),
                        "EXISTS RUNNING . . . NO_EMERGENCY . . NOT_PAUSED . FIXED STILL_RUNNING"),
                row(
                        "stopped",
                        List.of(CREATED, STARTED, STOPPED),
                        "EXISTS . NOT_RUNNING NOT_RUNNING . NO_EMERGENCY NOT_RUNNING NOT_RUNNING NOT_PAUSED . FIXED ."),
                row(
                        "paused",
                        List.of(CREATED, STARTED, PAUSED),
                        "EXISTS PAUSED . NOT_RUNNING . NO_EMERGENCY NOT_RUNNING NOT_RUNNING . . FIXED ."),
                row(
                        "resumed",
                        List.of(CREATED, STARTED, PAUSED, RESUMED),
                        "EXISTS RUNNING . . . NO_EMERGENCY . . NOT_PAUSED . FIXED STILL_RUNNING"),
                row(
                        "in emergency",
                        List.of(CREATED, STARTED, EMERGENCY),
                        "EXISTS EMERGENCY NOT_RUNNING NOT_RUNNING EMERGENCY . NOT_RUNNING NOT_RUNNING NOT_PAUSED . FIXED ."),
                row(
                        "paused in emergency",
                        List.of(CREATED, STARTED, PAUSED, EMERGENCY),
                        "EXISTS EMERGENCY NOT_RUNNING NOT_RUNNING EMERGENCY . NOT_RUNNING NOT_RUNNING NOT_PAUSED . FIXED ."),
                row(
                        "cleared",
                        List.of(CREATED, STARTED, EMERGENCY, CLEARED),
                        "EXISTS . NOT_RUNNING NOT_RUNNING . NO_EMERGENCY NOT_RUNNING NOT_RUNNING NOT_PAUSED . FIXED ."),
                row(
                        "deleted",
                        List.of(CREATED, DELETED),
                        "EXISTS DELETED DELETED DELETED DELETED DELETED DELETED DELETED DELETED DELETED DELETED DELETED"));
    }

    private static final List<BotEvent> EVENTS = List.of(
            CREATED,
            STARTED,
            STOPPED,
            RESTARTED,
            EMERGENCY,
            CLEARED,
            BOUGHT,
            PAUSED,
            RESUMED,
            CONFIGURED,
            REBASED,
            DELETED);

    @Test
    @Tag("PT7")
    void aClearedEmergencyCountsTheDrawdownFromThePresentValue() {
        var bought = requireNonNull(after(List.of(CREATED, STARTED, BOUGHT)));
        var fell = bought.portfolio().withSymbol("BTC/USD", symbol -> symbol.marked(Amount.of(1), 2));
        var carried = bought.withPortfolio(fell);

        var cleared = requireNonNull(after(List.of(CREATED, new CheckpointTaken("fell", carried), EMERGENCY, CLEARED)));

        var symbol = requireNonNull(cleared.portfolio().symbols().get("BTC/USD"));
        assertThat(symbol.highestValue()).isEqualTo(symbol.totalValue());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void acceptsOrRefusesAsTheTableSays(String name, List<BotEvent> before, List<String> expected) {
        var state = after(before);

        var cells = EVENTS.stream()
                .map(event -> transition(state, event) instanceof Refused(var refusal) ? refusal.name() : ".")
                .toList();

        assertThat(cells).as(name).isEqualTo(expected);
    }

    @Test
    void acceptsACheckpointOfThisBotInEveryState() {
        var carried = Story.end();

        var outcomes = table().map(row -> transition(after(events(row)), new CheckpointTaken("restore", carried)))
                .toList();

        assertThat(outcomes).hasSize(10).hasOnlyElementsOfType(Accepted.class);
    }

    @Test
    void refusesACheckpointOfAnotherBot() {
        var checkpoint = new CheckpointTaken("restore", Story.end());

        assertThat(Transition.of(OTHER, null, checkpoint, 1, BEGIN, null)).isEqualTo(new Refused(Refusal.OTHER_BOT));
    }

    @Test
    void countsALostOwnerWhetherTheBotGoesOnOrNot() {
        var goesOn = known(List.of(CREATED, STARTED, RESTARTED));
        var marked = known(List.of(CREATED, STARTED, new BotStopped(StopReason.RESTART)));

        assertThat(goesOn.lifecycle().restarts()).isEqualTo(1);
        assertThat(goesOn.running()).isTrue();
        assertThat(marked.lifecycle().restarts()).isEqualTo(1);
        assertThat(marked.lifecycle().stopReason()).isEqualTo(StopReason.RESTART);
        assertThat(marked.running()).isFalse();
    }

    @Test
    void addsUpTheTimeOfItsRuns() {
        var state = known(List.of(CREATED, STARTED, STOPPED, STARTED, RESTARTED, EMERGENCY));

        assertThat(state.lifecycle().runningTime()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void countsNoTimeOfAPause() {
        var state = known(List.of(CREATED, STARTED, PAUSED, CONFIGURED, RESUMED, STOPPED));

        assertThat(state.lifecycle().runningTime()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    @Tag("SF3")
    @Tag("SF15")
    void keepsTheNewestVersionsOfItsConfigurationWithTheirHashes() {
        var state = known(List.of(CREATED, CONFIGURED));

        assertThat(state.configuration()).isEqualTo(Story.RECONFIGURATION);
        assertThat(state.configurations())
                .extracting(ConfigurationVersion::number, ConfigurationVersion::by, ConfigurationVersion::configuration)
                .containsExactly(
                        Tuple.tuple(1, null, Story.CONFIGURATION),
                        Tuple.tuple(2, "an operator", Story.RECONFIGURATION));
        assertThat(state.configurations())
                .extracting(ConfigurationVersion::hash)
                .doesNotHaveDuplicates()
                .allSatisfy(hash -> assertThat(hash).hasSize(64));
    }

    @Test
    void forgetsTheOldestVersionsOfItsConfiguration() {
        var events = new ArrayList<>(List.of(CREATED));
        events.addAll(Collections.nCopies(30, CONFIGURED));

        var versions = known(events).configurations();

        assertThat(versions).hasSize(BotState.CONFIGURATIONS);
        assertThat(versions.getLast().number()).isEqualTo(31);
    }

    @Test
    void countsNoTimeWhenTheClockWentBack() {
        var running = known(List.of(CREATED, STARTED));

        var stopped = Transition.of(Story.BOT, running, STOPPED, 3, BEGIN.minusSeconds(3600), null);

        assertThat(((Accepted) stopped).state().lifecycle().runningTime()).isZero();
    }

    @Test
    void keepsTheEmergencyAndItsReasonUntilAPersonClearsIt() {
        var stopped = known(List.of(CREATED, STARTED, EMERGENCY));
        var cleared = known(List.of(CREATED, STARTED, EMERGENCY, CLEARED));

        assertThat(stopped.lifecycle().emergencyStop())
                .isEqualTo(new Lifecycle.EmergencyStop("drawdown", BEGIN.plusSeconds(180)));
        assertThat(stopped.lifecycle().stopReason()).isEqualTo(StopReason.EMERGENCY);
        assertThat(cleared.lifecycle().emergencyStop()).isNull();
        assertThat(cleared.running()).isFalse();
    }

    private static Arguments row(String name, List<BotEvent> before, String cells) {
        var expected = Arrays.stream(cells.split(" ", -1))
                .map(LifecycleRulesTest::whole)
                .toList();
        return Arguments.of(name, before, expected);
    }

    private static String whole(String cell) {
        return switch (cell) {
            case "UNKNOWN" -> Refusal.UNKNOWN_BOT.name();
            case "EXISTS" -> Refusal.ALREADY_EXISTS.name();
            case "RUNNING" -> Refusal.ALREADY_RUNNING.name();
            default -> cell;
        };
    }

    private static List<BotEvent> events(Arguments row) {
        return ((List<?>) row.get()[1]).stream().map(BotEvent.class::cast).collect(Collectors.toList());
    }

    private static BotState known(List<BotEvent> events) {
        var state = after(events);
        if (state == null) {
            throw new AssertionError("no event made the bot");
        }
        return state;
    }

    private static @Nullable BotState after(List<BotEvent> events) {
        BotState state = null;
        for (var event : events) {
            if (!(transition(state, event) instanceof Accepted(var next))) {
                throw new AssertionError(event + " was refused");
            }
            state = next;
        }
        return state;
    }

    /** One event a minute. */
    private static Transition transition(@Nullable BotState state, BotEvent event) {
        var sequence = state == null ? 1 : state.sequence() + 1;
        return Transition.of(Story.BOT, state, event, sequence, BEGIN.plusSeconds(60 * sequence), null);
    }
}
