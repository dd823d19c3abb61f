package io.everstate.recovery.run;

import io.everstate.contracts.recovery.RecoveryEvent;
import io.everstate.recovery.alert.Alert;
import java.util.List;

/** What other services and people are told of a change; stored in the change's own transaction. */
record Announcement(List<RecoveryEvent> events, List<Alert> alerts) {
    static final Announcement NONE = new Announcement(List.of(), List.of());

    static Announcement of(RecoveryEvent event) {
        return new Announcement(List.of(event), List.of());
    }
}
