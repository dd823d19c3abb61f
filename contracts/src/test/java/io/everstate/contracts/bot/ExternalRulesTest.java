package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.DocumentSaved;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.ExternalReported;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.HeartbeatRecorded;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.SilenceNoticed;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.TokenIssued;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.Transition.Accepted;
import io.everstate.contracts.bot.Transition.Refused;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.ExternalState;
import io.everstate.contracts.external.Report;
import io.everstate.contracts.external.ReportType;
import io.everstate.contracts.external.ReportedStatus;
import io.everstate.contracts.external.SavedDocument;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.sample.Story;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bot that runs elsewhere: what it tells changes its state, and nothing that is for bots hosted here does. */
class ExternalRulesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
    private static final String FIRST = "1".repeat(64);
    private static final String SECOND = "2".repeat(64);
    private static final BotEvent CREATED = new BotCreated(BotKind.EXTERNAL, Story.ELSEWHERE, FIRST);
    private static final BotEvent ALIVE = new HeartbeatRecorded(ReportedStatus.RUNNING, null);
    private static final Document DOCUMENT = new Document("text/plain", FIRST, 5, null);

    static Stream<BotEvent> eventsOfHostedBots() {
        return Stream.of(
                new BotStarted(),
                new BotStopped(StopReason.COMMAND),
                new BotPaused(),
                new BotResumed(),
                new BotRestarted(),
                new EmergencyStopped("by hand", Amount.ZERO),
                new EmergencyCleared("seen"),
                new TradeExecuted(new Fill("BTC/USD", Side.BUY, Amount.of(1), Amount.of(100), Amount.ZERO, BEGIN, 1)));
    }

    static Stream<ExternalEvent> eventsOfExternalBots() {
        return Stream.of(
                new HeartbeatRecorded(ReportedStatus.RUNNING, null),
                said(null, "x"),
                new SilenceNoticed(5),
                new DocumentSaved(DOCUMENT, "aGVsbG8="),
                new TokenIssued(SECOND, "me"));
    }

    @ParameterizedTest
    @MethodSource("eventsOfHostedBots")
    void isNotCommandedHere(BotEvent event) {
        assertThat(transition(after(CREATED), event)).isEqualTo(new Refused(Refusal.RUNS_ELSEWHERE));
        assertThat(transition(after(CREATED, ALIVE), event)).isEqualTo(new Refused(Refusal.RUNS_ELSEWHERE));
    }

    @ParameterizedTest
    @MethodSource("eventsOfExternalBots")
    void isTheOnlyKindThatReports(ExternalEvent event) {
        var hosted = after(new BotCreated(BotKind.TRADING, Story.CONFIGURATION), new BotStarted());

        assertThat(transition(hosted, event)).isEqualTo(new Refused(Refusal.NOT_EXTERNAL));
    }

    @ParameterizedTest
    @MethodSource("eventsOfExternalBots")
    void reportsNothingOnceItIsDeleted(ExternalEvent event) {
        assertThat(transition(after(CREATED, new BotDeleted("me")), event)).isEqualTo(new Refused(Refusal.DELETED));
    }

    @Test
    void runsWhileItSaysSo() {
        assertThat(after(CREATED).running()).isFalse();
        assertThat(after(CREATED, ALIVE).running()).isTrue();
        assertThat(after(CREATED, ALIVE, said(null, "a trade")).running()).isTrue();
        assertThat(after(CREATED, said(ReportedStatus.RUNNING, "up")).running()).isTrue();
    }

    @Test
    void stopsWhenItSaysSoOrIsSilent() {
        var failed = after(CREATED, ALIVE, said(ReportedStatus.FAILED, "process died"));
        var silent = after(CREATED, ALIVE, new SilenceNoticed(300));

        assertThat(failed.running()).isFalse();
        assertThat(failed.lifecycle().stopReason()).isEqualTo(StopReason.REPORTED);
        assertThat(external(failed).status()).isEqualTo(ReportedStatus.FAILED);
        assertThat(silent.running()).isFalse();
        assertThat(silent.lifecycle().stopReason()).isEqualTo(StopReason.SILENT);
        assertThat(transition(silent, new SilenceNoticed(300))).isEqualTo(new Refused(Refusal.NOT_RUNNING));
    }

    @Test
    void isDeletedAlsoWhileItRuns() {
        assertThat(after(CREATED, ALIVE, new BotDeleted("me")).deleted()).isTrue();
    }

    @Test
    void isConfiguredButKeepsItsBasis() {
        var configured = after(CREATED, new BotConfigured(Story.ELSEWHERE, "me"));

        assertThat(configured.configurations()).hasSize(2);
        assertThat(transition(configured, new BotConfigured(Story.CONFIGURATION, "me")))
                .isEqualTo(new Refused(Refusal.FIXED));
    }

    @Test
    void keepsOfADocumentOnlyWhereItIsFound() {
        var state = after(CREATED, new DocumentSaved(DOCUMENT, "aGVsbG8="));

        assertThat(external(state).document()).isEqualTo(new SavedDocument(2, BEGIN.plusSeconds(2), DOCUMENT));
        assertThat(external(state).documents()).isEqualTo(1);
        assertThat(new String(new JacksonFormat().write(state), StandardCharsets.UTF_8))
                .doesNotContain("aGVsbG8=");
    }

    @Test
    void keepsTheNewestReportsInExcerpts() {
        var events = new ArrayList<BotEvent>(List.of(CREATED));
        events.addAll(Collections.nCopies(ExternalState.RECENT + 5, said(null, "x".repeat(60_000))));

        var external = external(after(events.toArray(BotEvent[]::new)));

        assertThat(external.reports()).isEqualTo(ExternalState.RECENT + 5);
        assertThat(external.recentReports())
                .hasSize(ExternalState.RECENT)
                .allSatisfy(report -> assertThat(report.excerpt()).hasSize(Report.EXCERPT));
        assertThat(external.recentReports().getLast().sequence()).isEqualTo(ExternalState.RECENT + 6);
    }

    @Test
    void tearsNoCharacterApart() {
        var report = Report.of(1, BEGIN, ReportType.MESSAGE, "bot", "x".repeat(Report.EXCERPT - 1) + "🚀🚀");

        assertThat(report.excerpt()).isEqualTo("x".repeat(Report.EXCERPT - 1));
    }

    @Test
    void goesBackWithoutRevivingAReplacedToken() {
        var before = after(CREATED, ALIVE);
        var rotated = after(CREATED, ALIVE, new TokenIssued(SECOND, "me"));

        var restored = ((Accepted) transition(rotated, new CheckpointTaken("restore", before))).state();

        assertThat(external(before).tokenHash()).isEqualTo(FIRST);
        assertThat(external(restored).tokenHash()).isEqualTo(SECOND);
    }

    @Test
    void isWrittenAsItsGoldenTextAndReadFromIt() {
        var json = new JacksonFormat();
        var golden = Golden.text("state/bot-state.v1-3-external.json");

        assertThat(new String(json.write(Story.external()), StandardCharsets.UTF_8))
                .isEqualTo(golden);
        assertThat(json.read(golden.getBytes(StandardCharsets.UTF_8), BotState.class))
                .isEqualTo(Story.external());
    }

    @Test
    void refusesADocumentThatIsNowhereOrInTwoPlacesOrTooLarge() {
        var stored = new Document("text/plain", FIRST, 5, "documents/x");

        assertThatIllegalArgumentException().isThrownBy(() -> new DocumentSaved(DOCUMENT, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new DocumentSaved(stored, "aGVsbG8="));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DocumentSaved(DOCUMENT, "A".repeat(ExternalEvent.LARGEST_INLINE / 3 * 4 + 8)));
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenIssued("evb_secret", "me"));
        assertThatIllegalArgumentException().isThrownBy(() -> said(null, "x".repeat(65_537)));
    }

    private static ExternalReported said(@Nullable ReportedStatus status, String content) {
        return new ExternalReported(ReportType.STATUS, status, "bot", "text/plain", content);
    }

    private static ExternalState external(BotState state) {
        return requireNonNull(state.external());
    }

    private static BotState after(BotEvent... events) {
        BotState state = null;
        for (var event : events) {
            if (!(transition(state, event) instanceof Accepted(var next))) {
                throw new AssertionError(event + " was refused");
            }
            state = next;
        }
        return requireNonNull(state);
    }

    /** One event a second. */
    private static Transition transition(@Nullable BotState state, BotEvent event) {
        var sequence = state == null ? 1 : state.sequence() + 1;
        return Transition.of(Story.EXTERNAL, state, event, sequence, BEGIN.plusSeconds(sequence), null);
    }
}
