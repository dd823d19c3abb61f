package io.everstate.platform.server.part;

/**
 * One of the three parts. It can be started and stopped any number of times, always on the same port and directory.
 * Calls of start and stop come one at a time; {@link #answers} may come at any time from any thread.
 */
public interface Part {

    String name();

    int port();

    /** Returns when clients are served; a part that failed to start is stopped again. */
    void start();

    /** Returns when nothing of the part runs any more; does nothing when it is stopped. */
    void stop();

    /** Whether the part answers a real request over its own port within two seconds. */
    boolean answers();
}
