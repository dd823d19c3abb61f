package io.everstate.backup.store;

/** Whether the bucket should hold archives by now, as those know who remember what was stored. */
@FunctionalInterface
public interface ExpectedArchives {
    boolean any();
}
