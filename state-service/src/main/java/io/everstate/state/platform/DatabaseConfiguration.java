package io.everstate.state.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The database as a whole; how it is reached is what the data source says, which application.properties passes on. */
@ConfigMapping(prefix = "everstate.database")
interface DatabaseConfiguration {
    /** Whether one that is missing is made at the start, by a role that may do so; then all of it is folded from the log. */
    @WithDefault("true")
    boolean create();

    /** The database that is there on every server, from which another one is made. */
    @WithDefault("postgres")
    String maintenance();

    /** Of the data source. */
    @WithDefault("jdbc:postgresql://127.0.0.1:15432/state")
    String url();

    /** Of the data source. */
    Optional<String> username();

    /** Of the data source. */
    Optional<String> password();
}
