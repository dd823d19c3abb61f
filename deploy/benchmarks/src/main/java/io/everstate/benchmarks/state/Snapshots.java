package io.everstate.benchmarks.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.benchmarks.place.Rest;
import io.everstate.benchmarks.place.StateServer;

/** Asks a state-service for snapshots. */
final class Snapshots {

    private static final double NANOS_A_SECOND = 1e9;

    private final Rest rest = new Rest();
    private final StateServer server;
    private String newest = "";

    Snapshots(StateServer server) {
        this.server = server;
    }

    /** Takes one of all bots, which is read back; how many seconds that took. */
    double takeFull() {
        return take("FULL");
    }

    /** Takes one of what changed since the newest, which is read back; how many seconds that took. */
    double takeIncremental() {
        return take("INCREMENTAL");
    }

    /** Looks at the newest one again, as it was looked at when it was taken; how many seconds that took. */
    double validateNewest() {
        long begin = System.nanoTime();
        rest.post(server.url("/api/v1/snapshots/" + newest + "/validation"), server.token(), "")
                .join();
        return secondsSince(begin);
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / NANOS_A_SECOND;
    }

    private double take(String kind) {
        long begin = System.nanoTime();
        JsonNode taken =
                Rest.json(rest.post(server.url("/api/v1/snapshots"), server.token(), "{\"kind\":\"" + kind + "\"}")
                        .join());
        double seconds = secondsSince(begin);
        newest = taken.path("id").asText();
        if (!taken.path("valid").asBoolean() || !taken.path("kind").asText().equals(kind)) {
            throw new IllegalStateException("not a valid " + kind + " snapshot: " + taken);
        }
        return seconds;
    }
}
