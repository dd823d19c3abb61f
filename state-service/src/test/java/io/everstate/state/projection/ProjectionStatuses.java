package io.everstate.state.projection;

/** What the projection says of itself, for tests of those who ask it. */
public final class ProjectionStatuses {
    private ProjectionStatuses() {}

    public static void behind(ProjectionStatus status, long events) {
        status.waiting(events);
    }
}
