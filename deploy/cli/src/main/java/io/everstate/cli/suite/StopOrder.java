package io.everstate.cli.suite;

import io.everstate.cli.place.ServiceName;
import java.util.List;

/**
 * Who stops before whom. recovery-service first, or it would take the stop for a disaster; then the bots, while everything they need
 * still answers; the platform last.
 */
final class StopOrder {

    static final List<List<String>> STEPS = List.of(
            List.of(ServiceName.RECOVERY.text()),
            List.of(ServiceName.BOT.text()),
            List.of(ServiceName.STATE.text(), ServiceName.BACKUP.text()),
            List.of(ServiceName.PLATFORM));

    private StopOrder() {}
}
