package io.everstate.bot.platform;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Who this service is to the others. */
@ConfigMapping(prefix = "everstate.identity")
interface IdentityConfiguration {
    /** File with this service's own bearer token; read anew for every call, so it may be exchanged while the service runs. */
    Path tokenFile();
}
