package io.everstate.contracts.external;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a bot that runs elsewhere. Stays small: the newest {@value #RECENT} reports in excerpts, and of its documents only where
 * the newest is found.
 *
 * @param tokenHash SHA-256 of the token that is good now, in hex; the token itself is nowhere; null when there is none
 * @param status the newest reported one
 * @param heartbeat the newest that was recorded; between two recorded ones others were heard
 * @param document the newest
 * @param reports how many were recorded
 * @param documents how many were saved
 * @param recentReports the oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExternalState(
        @Nullable String tokenHash,
        @Nullable ReportedStatus status,
        @Nullable Heartbeat heartbeat,
        @Nullable SavedDocument document,
        long reports,
        long documents,
        List<Report> recentReports) {
    public static final int RECENT = 20;

    public ExternalState {
        recentReports =
                List.copyOf(recentReports.subList(Math.max(0, recentReports.size() - RECENT), recentReports.size()));
    }

    public static ExternalState created(@Nullable String tokenHash) {
        return new ExternalState(tokenHash, null, null, null, 0, 0, List.of());
    }

    public ExternalState withToken(String hash) {
        return new ExternalState(hash, status, heartbeat, document, reports, documents, recentReports);
    }

    public ExternalState heard(Heartbeat beat) {
        return new ExternalState(tokenHash, beat.status(), beat, document, reports, documents, recentReports);
    }

    /** @param said the status that came with the report, if one did */
    public ExternalState reported(Report report, @Nullable ReportedStatus said) {
        var newest = new ArrayList<>(recentReports);
        newest.add(report);
        return new ExternalState(
                tokenHash, said == null ? status : said, heartbeat, document, oneMore(reports), documents, newest);
    }

    public ExternalState saved(SavedDocument newest) {
        return new ExternalState(tokenHash, status, heartbeat, newest, reports, oneMore(documents), recentReports);
    }

    /** The newest document is the same, kept by object storage under another name. */
    public ExternalState withDocumentAs(String object) {
        var saved = requireNonNull(document, "there is no document");
        var known = saved.document();
        var moved = new Document(known.contentType(), known.sha256(), known.size(), object);
        return new ExternalState(
                tokenHash,
                status,
                heartbeat,
                new SavedDocument(saved.sequence(), saved.at(), moved),
                reports,
                documents,
                recentReports);
    }

    /** The last number that there is stays: the fold of a forged state must not fail. */
    private static long oneMore(long count) {
        return count == Long.MAX_VALUE ? count : count + 1;
    }
}
