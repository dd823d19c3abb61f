package io.everstate.bot.critical;

import io.everstate.bot.call.Call;
import io.everstate.bot.critical.CriticalConfiguration.Policy;
import io.everstate.bot.replica.ReplicaProof;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Makes critical changes, each after a backup that was read back. Of many at once one asks and the others wait for its answer. A backup-service that failed
 * is left alone for some seconds: else each change would wait for it anew.
 */
@ApplicationScoped
public class CriticalChanges {
    /** On the answer of a critical change: the backup before it, or {@code none} and why. */
    public static final String BACKUP = "Everstate-Backup";

    private static final Logger LOG = Logger.getLogger(CriticalChanges.class);

    private final SharedBackups backups;
    private final CriticalConfiguration configuration;
    private final ReplicaProof replicas;

    CriticalChanges(VerifiedBackups backups, CriticalConfiguration configuration, ReplicaProof replicas, Clock clock) {
        this.backups = new SharedBackups(backups, configuration, clock);
        this.configuration = configuration;
        this.replicas = replicas;
    }

    /**
     * @param change in words, to be read after "before"
     * @param by who wants it
     * @param call where another replica passes it on and proves to be one, that one has asked
     *
     * @throws ProblemException UNAVAILABLE when a backup is required and there is none; nothing was changed then
     */
    public Response carryOut(String change, String by, Call call, Supplier<Response> action) {
        var said = replicas.holds(call.hop()) ? Optional.<String>empty() : before(change, by);
        var done = action.get();
        return said.map(text -> Response.fromResponse(done).header(BACKUP, text).build())
                .orElse(done);
    }

    /**
     * Takes a backup, or has one that counts for this change, too.
     *
     * @return what is said of it under {@link #BACKUP}; empty where none is asked for
     *
     * @throws ProblemException UNAVAILABLE when a backup is required and there is none
     */
    Optional<String> before(String change, String by) {
        if (configuration.backup() == Policy.OFF || configuration.except().contains(by)) {
            return Optional.empty();
        }
        var asked = backups.before(change);
        if (asked.backup() == null) {
            if (configuration.backup() == Policy.REQUIRED) {
                throw new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "no backup could be taken before %s, and one is required: %s"
                                .formatted(change, asked.failure()));
            }
            LOG.warnf("No backup before %s: %s", change, asked.failure());
        }
        var said = asked.backup() == null
                ? "none: " + asked.failure()
                : asked.backup().toString();
        return Optional.of(said.replaceAll("[^ -~]", " "));
    }
}
