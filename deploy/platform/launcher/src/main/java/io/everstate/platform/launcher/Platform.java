package io.everstate.platform.launcher;

/**
 * A running Kafka, PostgreSQL and S3, wherever they come from. Addresses and data stay the same over {@link #pause},
 * {@link #kill} and {@link #restart}. Safe for use by several threads; calls that change something come one at a time.
 */
public interface Platform extends AutoCloseable {

    /** Bootstrap servers, {@code host:port}. */
    String kafka();

    /** One of the databases the platform was started with; it exists. */
    Database database(String name);

    ObjectStorage storage();

    /** Asks every part now; all are down when nothing runs. */
    PlatformHealth health();

    /** An outage: the part is stopped in order, its port refuses connections. Returns when that is so. */
    void pause(Part part);

    /** Ends an outage: same port, same data. Returns when the part answers. */
    void resume(Part part);

    /** Everything ends at once, as by SIGKILL or a power cut; nothing is flushed or said goodbye to. */
    void kill();

    /** Stops in order what still runs, and starts everything on the same ports and data. */
    void restart();

    /** Stops in order; does nothing when nothing runs. */
    @Override
    void close();
}
