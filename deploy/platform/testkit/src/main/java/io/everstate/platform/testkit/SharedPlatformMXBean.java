package io.everstate.platform.testkit;

/** The platform of this JVM in types of the JDK only, so that every class loader can speak to it. */
public interface SharedPlatformMXBean {

    String getKafka();

    /** URL, user, password. */
    String[] database(String name);

    /** Endpoint, access key, secret key. */
    String[] storage();

    /** The names of the parts that answer. */
    String[] answering();

    void pause(String part);

    void resume(String part);

    void kill();

    void restart();

    void close();
}
