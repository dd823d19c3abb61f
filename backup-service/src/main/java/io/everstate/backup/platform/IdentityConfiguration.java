package io.everstate.backup.platform;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Who this service is to others. */
@ConfigMapping(prefix = "everstate.identity")
interface IdentityConfiguration {
    /** File with the bearer token of this service; without it the service does not start. */
    Path tokenFile();
}
