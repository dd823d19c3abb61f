package io.everstate.state.finding;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends the losses of acknowledged events that nothing in the log makes good any more, when a person says that they are over. */
@Singleton
final class Settlements {
    private static final String SNAPSHOT = "SNAPSHOT";

    private static final String FOUND = """
            select r.kind, r.partition, r.bot, r.healed_at, r.settled_by, r.settled_reason,
                   o.anew_to is not null as anew, p.bot is not null as waiting
            from state_validation_results r
                left join partition_offsets o on o.partition = r.partition
                left join parked_bots p on p.partition = r.partition and p.bot = r.bot and p.type = 'io.everstate.state.lost-end'
            where r.result = ? for update of r""";

    private static final String SETTLE =
            "update state_validation_results set healed_at = now(), settled_by = ?, settled_reason = ? where result = ?";

    private final Transactions transactions;
    private final Findings findings;

    Settlements(Transactions transactions, Findings findings) {
        this.transactions = transactions;
        this.findings = findings;
    }

    /**
     * @param anew whether its partition is folded from the start of another log
     * @param waiting whether its bot is parked until a checkpoint carries what the log has lost
     */
    private record Found(
            String kind,
            int partition,
            @Nullable UUID bot,
            @Nullable OffsetDateTime healed,
            @Nullable String settledBy,
            @Nullable String reason,
            boolean anew,
            boolean waiting) {
        static Found of(ResultSet row) throws SQLException {
            return new Found(
                    row.getString("kind"),
                    row.getInt("partition"),
                    row.getObject("bot", UUID.class),
                    row.getObject("healed_at", OffsetDateTime.class),
                    row.getString("settled_by"),
                    row.getString("settled_reason"),
                    row.getBoolean("anew"),
                    row.getBoolean("waiting"));
        }

        @Nullable
        Instant over() {
            return healed == null ? null : healed.toInstant();
        }

        boolean isSettled(String by, String why) {
            return by.equals(settledBy) && why.equals(reason);
        }
    }

    /**
     * Who says the same of it again gets the same answer.
     *
     * @throws ProblemException NOT_FOUND when there is none; CONFLICT when something else ends it, or it is over; UNAVAILABLE while it is
     *     looked through what the log has lost
     */
    FindingView settle(long id, String by, String reason) {
        return transactions.write(connection -> {
            var found = found(connection, id);
            if (!found.isSettled(by, reason)) {
                requireOpenLoss(found);
                settle(connection, id, by, reason);
            }
            return findings.required(connection, id);
        });
    }

    private static Found found(Connection connection, long id) throws SQLException {
        try (var statement = connection.prepareStatement(FOUND)) {
            statement.setLong(1, id);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new ProblemException(ProblemType.NOT_FOUND, "there is no finding " + id);
                }
                return Found.of(row);
            }
        }
    }

    private static void settle(Connection connection, long id, String by, String reason) throws SQLException {
        try (var statement = connection.prepareStatement(SETTLE)) {
            statement.setString(1, by);
            statement.setString(2, reason);
            statement.setLong(3, id);
            statement.executeUpdate();
        }
    }

    private static void requireOpenLoss(Found found) {
        var ending = endOf(found.kind());
        if (ending != null) {
            throw refused("a finding of kind %s is not settled by a person: %s".formatted(found.kind(), ending));
        }
        if (found.settledBy() != null) {
            throw refused("%s settled it at %s: %s".formatted(found.settledBy(), found.over(), found.reason()));
        }
        if (found.healed() != null) {
            throw refused("it is over since %s: the log has what was lost, or a checkpoint that carries it"
                    .formatted(found.over()));
        }
        if (found.kind().equals(FindingKind.LOST_END.name())) {
            requireThatNothingMakesItGood(found);
        }
    }

    private static void requireThatNothingMakesItGood(Found found) {
        if (found.anew()) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "partition %d is looked through for what its log has lost; ask again".formatted(found.partition()));
        }
        if (found.waiting()) {
            throw refused(
                    "bot %s waits for a checkpoint that carries what was lost: its owner writes one by itself, or after POST /api/v1/parked/%s/skip"
                            .formatted(found.bot(), found.bot()));
        }
    }

    /** What ends a finding of this kind, or why nothing has to; null when only a person can. */
    private static @Nullable String endOf(String kind) {
        if (kind.equals(SNAPSHOT)) {
            return "it is what one look at a snapshot found, and POST /api/v1/snapshots/{id}/validation looks again";
        }
        return switch (FindingKind.valueOf(kind)) {
            case LOST_END, REPLACED -> null;
            case PARKED -> "it is over when its bot is followed again, see POST /api/v1/parked/{bot}/resume and skip";
            case GAP -> "the next checkpoint of its bot ends it, for which the owner is asked by itself";
            case UNATTRIBUTABLE -> "its partition goes on with a version that understands the record";
            case LOG_ANEW -> "snapshots are judged by it, and what was lost is in the findings of the bots";
            case REFUSED, FENCED -> "the event counts nowhere, and nothing is lost by it";
        };
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ProblemType.CONFLICT, detail);
    }
}
