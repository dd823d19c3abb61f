package io.everstate.state.platform;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections of replicas that froze while they sent rows. PostgreSQL reads on for ever then: neither {@code statement_timeout} nor
 * {@code idle_in_transaction_session_timeout} ends a COPY that waits for its client, and what its transaction holds stays locked.
 */
@Singleton
public final class FrozenConnections {
    /** A little more than the {@code statement_timeout} of our connections, which ends everything else that takes so long. */
    private static final Duration LONGEST = Duration.ofSeconds(16);

    // Only those of our own role, which is what it takes to end them.
    private static final String END = """
            select pid, pg_terminate_backend(pid) as ended from pg_stat_activity
            where datname = current_database() and usename = current_user and application_name = 'state-service'
                and backend_type = 'client backend' and state = 'active' and wait_event = 'ClientRead'
                and query_start < clock_timestamp() - make_interval(secs => ?) and pid <> pg_backend_pid()""";

    private static final double MILLIS = 1000;

    private final Transactions transactions;
    private final Duration longest;

    @Inject
    FrozenConnections(Transactions transactions) {
        this(transactions, LONGEST);
    }

    FrozenConnections(Transactions transactions, Duration longest) {
        this.transactions = transactions;
        this.longest = longest;
    }

    /**
     * Ends those of which a statement has waited for its client for too long.
     *
     * @return the database's processes that were ended
     * @throws DatabaseUnavailableException when the database does not answer
     */
    public List<Integer> end() {
        return transactions.ask(connection -> {
            try (var statement = connection.prepareStatement(END)) {
                statement.setDouble(1, longest.toMillis() / MILLIS);
                try (var row = statement.executeQuery()) {
                    var ended = new ArrayList<Integer>();
                    while (row.next()) {
                        if (row.getBoolean("ended")) {
                            ended.add(row.getInt("pid"));
                        }
                    }
                    return List.copyOf(ended);
                }
            }
        });
    }
}
