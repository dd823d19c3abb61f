package io.everstate.bot.document;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How documents are given back. */
@ConfigMapping(prefix = "everstate.document")
interface DocumentConfiguration {
    /** Contents that were saved or read lately and are given back without asking the log. 0 = none. */
    @WithDefault("32M")
    MemorySize cache();
}
