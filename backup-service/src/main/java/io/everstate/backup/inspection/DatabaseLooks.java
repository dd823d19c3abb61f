package io.everstate.backup.inspection;

import io.everstate.backup.sqlite.DatabaseState;
import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.FileAttributes.FileType;
import io.everstate.backup.workspace.SqliteFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The last look at each database. To look at one is to copy all of it, which holds up who writes to it: one that nobody wrote to since is
 * not looked at again, and one that is written to only now and then.
 */
final class DatabaseLooks {
    /** The file system's clock may not tell two writes apart that are nearer than this. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();
    private final Duration every;
    private final Clock clock;

    /** @param every how long a look holds of a database that is written to */
    DatabaseLooks(Duration every, Clock clock) {
        this.every = every;
        this.clock = clock;
    }

    /**
     * @param state just before it was looked at
     * @param at before that
     */
    private record Seen(DatabaseState state, Look look, Instant at) {}

    /** @param look at the file as it is now */
    Look at(Path place, Supplier<Look> look) {
        var began = clock.instant();
        var state = stateOfDatabase(place);
        if (state.isEmpty()) {
            seen.remove(place);
            return look.get();
        }
        var last = seen.get(place);
        if (last != null && holds(last, state.get(), began)) {
            return last.look();
        }
        var now = new Seen(state.get(), look.get(), began);
        seen.put(place, now);
        return now.look();
    }

    private boolean holds(Seen last, DatabaseState state, Instant now) {
        var unchanged = last.state().equals(state)
                && state.changedAt().isBefore(last.at().minus(TICK));
        return unchanged
                || (sameFile(last.state(), state) && now.isBefore(last.at().plus(every)));
    }

    private static boolean sameFile(DatabaseState last, DatabaseState state) {
        return identity(last).equals(identity(state));
    }

    private static String identity(DatabaseState state) {
        return Objects.requireNonNull(state.files().get(state.database())).identity();
    }

    /** Empty of what is no database, or cannot be looked at: that is for the look itself to say. */
    private static Optional<DatabaseState> stateOfDatabase(Path place) {
        try {
            return FileAttributes.of(place).type() == FileType.FILE && SqliteFiles.isDatabase(place)
                    ? Optional.of(DatabaseState.of(place))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
