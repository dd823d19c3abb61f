package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A restore of bots' states, or what a start found.
 *
 * @param kind RESTORE, or START for the look at the start of the service
 * @param askedBy who wanted it; the replica, of a look at the start
 * @param request absent of a look at the start
 * @param rung the lowest that any bot needed; absent while none is known
 * @param findings why no higher rung was possible, and what else is to be known, a sentence each
 * @param wayBack a snapshot of what was before the first bot was changed; absent of a dry run, and until it is taken. A bot that did
 *     something after it was taken has another one, which its part names
 * @param resumed how often another process went on with it after the one before had broken off
 * @param bots that are meant
 * @param failed of them, and the first of the reasons in findings
 * @param left of them, for there was nothing to do, or it was cancelled before
 * @param eventsLost of all bots
 * @param secondsLost the most of any bot
 * @param percent of the bots whose turn has come
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StateRestoreView(
        UUID id,
        Kind kind,
        Status status,
        boolean dryRun,
        String askedBy,
        @Nullable StateRestoreRequest request,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable RestoreRung rung,
        List<String> findings,
        @Nullable UUID wayBack,
        int resumed,
        long bots,
        long restored,
        long failed,
        long left,
        long eventsLost,
        long secondsLost,
        int percent) {

    public StateRestoreView {
        findings = List.copyOf(findings);
    }

    public enum Kind {
        RESTORE,
        START
    }

    public enum Status {
        RUNNING,
        COMPLETED,
        /** Some bots were restored and others failed. */
        PARTLY,
        FAILED,
        /** Somebody cancelled it: bots whose turn had come were restored or failed, the others are what they were. */
        CANCELLED
    }

    /** Another process goes on with it. */
    public StateRestoreView resumed(String sentence) {
        var more = new ArrayList<>(findings);
        more.add(sentence);
        return with(more, wayBack, resumed + 1);
    }

    /** This snapshot has what was before. */
    public StateRestoreView withWayBack(UUID snapshot) {
        return with(findings, snapshot, resumed);
    }

    private StateRestoreView with(List<String> findings, @Nullable UUID wayBack, int resumed) {
        return new StateRestoreView(
                id,
                kind,
                status,
                dryRun,
                askedBy,
                request,
                startedAt,
                endedAt,
                rung,
                findings,
                wayBack,
                resumed,
                bots,
                restored,
                failed,
                left,
                eventsLost,
                secondsLost,
                percent);
    }

    /** Milliseconds from its start to its end; 0 while it runs. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public long took() {
        return endedAt == null ? 0 : endedAt.toEpochMilli() - startedAt.toEpochMilli();
    }
}
