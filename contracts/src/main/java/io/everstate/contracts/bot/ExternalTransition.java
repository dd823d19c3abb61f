package io.everstate.contracts.bot;

import io.everstate.contracts.bot.BotEvent.BotConfigured;
import io.everstate.contracts.bot.BotEvent.BotDeleted;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.DocumentSaved;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.ExternalReported;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.HeartbeatRecorded;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.SilenceNoticed;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.TokenIssued;
import io.everstate.contracts.bot.Transition.Accepted;
import io.everstate.contracts.bot.Transition.Refused;
import io.everstate.contracts.external.ExternalState;
import io.everstate.contracts.external.Heartbeat;
import io.everstate.contracts.external.Report;
import io.everstate.contracts.external.ReportedStatus;
import io.everstate.contracts.external.SavedDocument;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What events make of a bot that runs elsewhere. It is RUNNING while it says so, and STOPPED when it says so or was silent for too long;
 * nobody starts, stops or trades it here.
 */
final class ExternalTransition {
    private ExternalTransition() {}

    static Transition of(BotState state, ExternalState external, BotEvent event, long sequence, Instant at) {
        return switch (event) {
            case ExternalEvent told -> of(state, external, told, sequence, at);
            case BotConfigured(var configuration, var _)
            when !configuration.sameBasis(state.configuration()) -> new Refused(Refusal.FIXED);
            case BotConfigured(var configuration, var by) -> new Accepted(state.configured(configuration, by, at));
            case BotDeleted _ ->
                new Accepted(state.withLifecycle(state.lifecycle().deleted()));
            default -> new Refused(Refusal.RUNS_ELSEWHERE);
        };
    }

    private static Transition of(
            BotState state, ExternalState external, ExternalEvent event, long sequence, Instant at) {
        return switch (event) {
            case HeartbeatRecorded(var status, var detail) ->
                new Accepted(said(status, state, at).withExternal(external.heard(new Heartbeat(at, status, detail))));
            case ExternalReported told ->
                new Accepted(said(told.status(), state, at)
                        .withExternal(external.reported(
                                Report.of(sequence, at, told.type(), told.origin(), told.content()), told.status())));
            case DocumentSaved(var document, var _) ->
                new Accepted(state.withExternal(external.saved(new SavedDocument(sequence, at, document))));
            case TokenIssued(var hash, var _) -> new Accepted(state.withExternal(external.withToken(hash)));
            case SilenceNoticed _ when !state.running() -> new Refused(Refusal.NOT_RUNNING);
            case SilenceNoticed _ ->
                new Accepted(state.withLifecycle(state.lifecycle().stopped(StopReason.SILENT, at)));
        };
    }

    private static BotState said(@Nullable ReportedStatus status, BotState state, Instant at) {
        if (status == null || (status == ReportedStatus.RUNNING) == state.running()) {
            return state;
        }
        var lifecycle = state.lifecycle();
        return state.withLifecycle(
                status == ReportedStatus.RUNNING ? lifecycle.begun(at) : lifecycle.stopped(StopReason.REPORTED, at));
    }
}
