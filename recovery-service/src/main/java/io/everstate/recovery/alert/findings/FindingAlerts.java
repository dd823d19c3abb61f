package io.everstate.recovery.alert.findings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.recovery.alert.Alert;
import io.everstate.recovery.alert.AlertConfig;
import io.everstate.recovery.alert.AlertKind;
import io.everstate.recovery.alert.AlertOutbox;
import io.everstate.recovery.peer.Validations.Found;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Tells people what is wrong in the log or in a snapshot and not over, once for each: the same thing found again, in a database that was built
 * anew too, is the same alert. What happened long ago is not told, so reading the log from its start stays silent.
 */
@Singleton
class FindingAlerts {
    /** Of more at once the rest is one alert. */
    static final int SINGLY = 10;
    /** People hear of these from the log itself. */
    private static final String FENCED = "FENCED";

    private final AlertOutbox outbox;
    private final AlertConfig config;
    private final Clock clock;

    FindingAlerts(AlertOutbox outbox, AlertConfig config, Clock clock) {
        this.outbox = outbox;
        this.config = config;
        this.clock = clock;
    }

    /**
     * @param newest the newest first, as state-service lists them
     * @param told what was returned the last time; another replica, and one that was started anew, is held back by the outbox
     * @return which of them need not be told again
     */
    @Transactional
    public Set<UUID> hear(List<Found> newest, Set<UUID> told) {
        var oldest = clock.instant().minus(config.maxEventAge());
        var news = newest.stream()
                .filter(found -> !found.valid()
                        && found.healed() == null
                        && !found.kind().equals(FENCED))
                .filter(found -> !at(found).isBefore(oldest))
                .filter(found -> !told.contains(identity(found)))
                .toList();
        news.stream().limit(SINGLY).forEach(found -> tell(sentence(found), found, identity(found)));
        if (news.size() > SINGLY) {
            var last = news.get(SINGLY);
            tell(
                    "%d more findings; `everstate validations` lists them all".formatted(news.size() - SINGLY),
                    last,
                    named("more than " + identity(last)));
        }
        var known = new HashSet<>(told);
        news.forEach(found -> known.add(identity(found)));
        known.retainAll(newest.stream().map(FindingAlerts::identity).toList());
        return Set.copyOf(known);
    }

    private void tell(String text, Found found, UUID source) {
        outbox.add(Alert.of(AlertKind.FINDING, text, at(found), source));
    }

    private static Instant at(Found found) {
        return found.happened() == null ? found.found() : found.happened();
    }

    /** Of a snapshot, which is looked at again and again, only which; of a record, where it stands. */
    private static UUID identity(Found found) {
        return found.snapshot() == null
                ? named("%s %s %s %s".formatted(found.kind(), found.partition(), found.offset(), found.bot()))
                : named("SNAPSHOT " + found.snapshot());
    }

    private static UUID named(String text) {
        return UUID.nameUUIDFromBytes(("finding " + text).getBytes(UTF_8));
    }

    private static String sentence(Found found) {
        var of = found.snapshot() == null
                ? (found.bot() == null ? "" : "bot " + found.bot() + ", ")
                        + "partition %s, offset %s".formatted(found.partition(), found.offset())
                : "snapshot " + found.snapshot();
        return "state-service found in %s: %s (%s)".formatted(of, String.join("; ", found.findings()), found.kind());
    }
}
