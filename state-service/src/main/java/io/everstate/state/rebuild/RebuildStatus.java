package io.everstate.state.rebuild;

/** How far a rebuild is. */
enum RebuildStatus {
    /** The next projection is made, folded and compared. */
    FOLDING(true, true),
    /** It waits for a person, who looks at what differs. */
    COMPARED(true, false),
    /** It is folded on, compared once more, and takes the place of the first. */
    SWITCHING(true, true),
    /** It answers; the first one is kept as it was at the switch. */
    SWITCHED(true, false),
    /** The first one is folded on, and takes its place again. */
    ROLLING_BACK(true, true),
    /** The first one is gone. */
    CONFIRMED(false, false),
    /** The first one answers again, the other is gone. */
    ROLLED_BACK(false, false),
    CANCELLED(false, false),
    /** It could not be made; the note says why. The first one answers, as before. */
    FAILED(false, false);

    private final boolean open;
    private final boolean work;

    RebuildStatus(boolean open, boolean work) {
        this.open = open;
        this.work = work;
    }

    /** Whether there are tables of it, so that there can be no other one. */
    boolean isOpen() {
        return open;
    }

    /** Whether a replica has something to do for it. */
    boolean isWork() {
        return work;
    }
}
