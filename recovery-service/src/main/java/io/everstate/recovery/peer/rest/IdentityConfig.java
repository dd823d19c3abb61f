package io.everstate.recovery.peer.rest;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Who this service is to the others. */
@ConfigMapping(prefix = "everstate.identity")
interface IdentityConfig {
    /** File with the service's bearer token; read at each call, so a renewed one is taken at once. Has no default. */
    Path tokenFile();
}
