package io.everstate.state.platform;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A migration that was carried out somewhere is never changed: Flyway compares it with what it carried out, and the service would not start.
 * A new one is added to {@code migrations.sha256}, in the form of {@code sha256sum}.
 */
class MigrationsTest {
    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                requireNonNull(MigrationsTest.class.getResource(name), name).toURI());
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noneIsChangedAndEachIsKnown() throws IOException, URISyntaxException {
        var known = Files.readAllLines(resource("/golden/migrations.sha256"), StandardCharsets.UTF_8);
        try (var files = Files.list(resource("/db/migration"))) {
            var present = files.collect(Collectors.toMap(
                    file -> file.getFileName().toString(), MigrationsTest::sha256, (one, _) -> one, TreeMap::new));

            assertThat(present.entrySet().stream()
                            .map(file -> file.getValue() + "  " + file.getKey())
                            .toList())
                    .containsExactlyElementsOf(known);
        }
    }
}
