package io.everstate.backup.watch;

import io.everstate.backup.kit.KitConfiguration;
import io.everstate.backup.kit.Kits;
import io.everstate.backup.outbox.Outbox;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitRecentAgain;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitTooOld;
import io.everstate.contracts.backup.RecoveryKitStatusView;
import io.everstate.contracts.backup.RecoveryKitStatusView.Kept;
import io.everstate.contracts.backup.RecoveryKitStatusView.State;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Tells that nobody keeps a recovery kit that is of use, and that somebody does again: once, however many look however often. */
@Singleton
class KitWatch {
    private static final String SUBJECT = "recovery-kit";

    private final Kits kits;
    private final WatchedStates states;
    private final Outbox outbox;
    private final KitConfiguration configuration;
    private final Clock clock;

    KitWatch(Kits kits, WatchedStates states, Outbox outbox, KitConfiguration configuration, Clock clock) {
        this.kits = kits;
        this.states = states;
        this.outbox = outbox;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Tells of a change, if there is one. */
    @Transactional
    RecoveryKitStatusView look() {
        var now = clock.instant();
        var told = states.locked(SUBJECT, State.OK.name(), now);
        var status = kits.status();
        var of = Optional.ofNullable(status.kept()).map(Kept::madeAt).orElse(null);
        var useless = status.state() == State.OLD || (status.state() == State.NONE && tooLong(told.since, now));
        if (told.state.equals(State.OK.name()) && useless) {
            change(told, State.OLD, now);
            outbox.add(new RecoveryKitTooOld(of, Objects.requireNonNull(status.why()), now));
        } else if (!told.state.equals(State.OK.name()) && status.state() == State.OK) {
            change(told, State.OK, now);
            outbox.add(new RecoveryKitRecentAgain(Objects.requireNonNull(of), now));
        }
        return status;
    }

    private static void change(WatchedStateRow told, State state, Instant now) {
        told.state = state.name();
        told.since = now;
    }

    private boolean tooLong(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(configuration.tooOldAfter()) > 0;
    }
}
