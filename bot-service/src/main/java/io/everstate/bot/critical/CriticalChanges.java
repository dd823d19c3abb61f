package io.everstate.bot.critical;

import io.everstate.bot.call.Call;
import io.everstate.bot.critical.CriticalConfiguration.Policy;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes critical changes, each after a backup that was read back. Of many at once one asks and the others wait for its answer. A backup-service that failed
 * is left alone for some seconds: else each change would wait for it anew.
 */
@ApplicationScoped
public class CriticalChanges {
    /** On the answer of a critical change: the backup before it, or {@code none} and why. */
    public static final String BACKUP = "Everstate-Backup";

    private static final Logger LOG = Logger.getLogger(CriticalChanges.class);

    private final VerifiedBackups backups;
    private final CriticalConfiguration configuration;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Asked newest;

    /** What the newest question came to, and until when that counts. */
    private record Asked(@Nullable UUID backup, String failure, Instant until) {}

    CriticalChanges(VerifiedBackups backups, CriticalConfiguration configuration, Clock clock) {
        this.backups = backups;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * @param change in words, to be read after "before"
     * @param by who wants it
     * @param call where another replica passes it on, that one has asked
     *
     * @throws ProblemException UNAVAILABLE when a backup is required and there is none; nothing was changed then
     */
    public Response carryOut(String change, String by, Call call, Supplier<Response> action) {
        if (configuration.backup() == Policy.OFF
                || call.forwarded()
                || configuration.except().contains(by)) {
            return action.get();
        }
        var asked = ask(change);
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
        return Response.fromResponse(action.get())
                .header(BACKUP, said.replaceAll("[^ -~]", " "))
                .build();
    }

    private Asked ask(String change) {
        turn.lock();
        try {
            var now = clock.instant();
            var known = newest;
            if (known != null && now.isBefore(known.until())) {
                return known;
            }
            var asked = ask(change, now);
            newest = asked;
            return asked;
        } finally {
            turn.unlock();
        }
    }

    private Asked ask(String change, Instant now) {
        try {
            var backup =
                    backups.take("Backup before " + change, UUID.randomUUID().toString());
            return new Asked(backup, "", now.plus(configuration.covers()));
        } catch (ProblemException e) {
            return new Asked(null, e.detail(), clock.instant().plus(configuration.askAgain()));
        }
    }
}
