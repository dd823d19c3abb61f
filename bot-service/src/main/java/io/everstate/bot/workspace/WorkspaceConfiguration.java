package io.everstate.bot.workspace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The bots' directory of files. */
@ConfigMapping(prefix = "everstate.workspace")
public interface WorkspaceConfiguration {
    /** Its root. Filled with the usual files when it is missing or empty, else left as it is: what a person or a disaster took away stays away. */
    @WithDefault("workspace")
    Path directory();
}
