package io.everstate.backup.packing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How new archives are packed. What stored ones are packed with is in their names. */
@ConfigMapping(prefix = "everstate.archive")
public interface PackingConfiguration {
    @WithDefault("gzip")
    Compression compression();

    /** From 1, fast, to 9, small, and of zstd to 19; 1 when it is not given. */
    @Min(1)
    @Max(19)
    OptionalInt level();

    /**
     * Public keys of age ({@code age1...}): each of their owners, and nobody else, can read new archives. None = they are not encrypted. The
     * secret keys need not be here, and better are not.
     */
    Optional<List<String>> recipients();

    /** A file of secret keys as {@code age-keygen} writes it, one a line, for who restores encrypted archives here. */
    Optional<Path> identityFile();

    /** How many threads compress, of all archives together; as many as there are processors when it is not given. */
    @Min(1)
    @Max(256)
    OptionalInt threads();
}
