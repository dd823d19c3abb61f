package io.everstate.state.peer;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Who this service is to the others. */
@ConfigMapping(prefix = "everstate.identity")
interface IdentityConfiguration {
    /**
     * File with the service's bearer token, read at each call, so a renewed one is taken at once. Without it bot-service cannot be asked for
     * anything, and says so; all else goes on.
     */
    Optional<Path> tokenFile();
}
