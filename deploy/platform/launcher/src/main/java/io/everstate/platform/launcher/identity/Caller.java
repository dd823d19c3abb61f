package io.everstate.platform.launcher.identity;

import java.time.Instant;
import java.util.Set;

/** Who a verified token speaks for. */
public record Caller(String name, Set<String> roles, Instant expiresAt) {

    public Caller {
        roles = Set.copyOf(roles);
    }
}
