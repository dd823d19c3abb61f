package io.everstate.state.rebuild.schema;

/** A projection beside the one that answers. */
public enum Side {
    /** The one that is made. */
    NEXT,
    /** The one that answered before the switch. */
    PREVIOUS;

    Side other() {
        return this == NEXT ? PREVIOUS : NEXT;
    }

    String in(Schemas schemas) {
        return this == NEXT ? schemas.next() : schemas.previous();
    }
}
