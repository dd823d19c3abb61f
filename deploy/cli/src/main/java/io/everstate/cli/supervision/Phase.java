package io.everstate.cli.supervision;

import java.time.Instant;

/** Where a supervised process is in its life. */
sealed interface Phase {

    /** Runs, but its readiness has not answered yet. */
    record Starting(ChildProcess child) implements Phase {
        Up ready(Instant now) {
            return new Up(child, now);
        }
    }

    /** Has answered that it can be used; what it answers later is no business of the supervisor. */
    record Up(ChildProcess child, Instant since) implements Phase {}

    /** Ended by itself; is started again when it is due. */
    record Down(Exit exit, Instant dueAt) implements Phase {}

    /** Ended on purpose. */
    record Stopped(Exit exit) implements Phase {}

    record Exit(long pid, Instant startedAt, Instant at, int code) {

        static Exit of(ChildProcess child, Instant now) {
            return new Exit(child.pid(), child.startedAt(), now, child.exitCode());
        }
    }
}
