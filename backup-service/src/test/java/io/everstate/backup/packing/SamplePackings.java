package io.everstate.backup.packing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Packings for tests. */
public final class SamplePackings {
    public static final Packings GZIP = of(Compression.GZIP, 2);
    public static final Packings ZSTD = of(Compression.ZSTD, 2);

    private SamplePackings() {}

    public static Packings of(Compression compression, int threads) {
        return new Packings(new Sample(compression, OptionalInt.of(threads), Optional.empty(), Optional.empty()));
    }

    public static Packings encrypting(List<String> recipients, Optional<Path> identityFile) {
        return new Packings(new Sample(Compression.ZSTD, OptionalInt.of(2), Optional.of(recipients), identityFile));
    }

    private record Sample(
            Compression compression,
            OptionalInt threads,
            Optional<List<String>> recipients,
            Optional<Path> identityFile)
            implements PackingConfiguration {
        @Override
        public OptionalInt level() {
            return OptionalInt.empty();
        }
    }
}
