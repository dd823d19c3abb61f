package io.everstate.recovery.peer;

/** Knocks at a service without asking it for anything. Never throws. */
public interface ServiceProbe {
    /** Whether its management interface answers a request for health, whatever the answer. */
    Knock health(String service);

    /** Whether its REST port takes a connection. */
    Knock port(String service);

    /** Whether it says itself that it is ready. */
    boolean ready(String service);

    /** @param finding in words: "refuses connections", "answers 200" */
    record Knock(boolean answered, String finding) {}
}
