package io.everstate.backup.kit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What a recovery kit says beside the catalogue, and how old the one that is kept may get. */
@ConfigMapping(prefix = "everstate.recovery-kit")
public interface KitConfiguration {
    /** Where people find the keys of the storage, the secret key of age and the key of the seals: a sentence for them, never the keys. */
    Optional<String> keysKeptAt();

    /** From which age on the one that is kept is too old. For so long there may be none before it is told. */
    @WithDefault("30d")
    Duration tooOldAfter();

    /** How often it is looked whether the one that is kept is of use. */
    @WithDefault("1m")
    Duration lookEvery();
}
