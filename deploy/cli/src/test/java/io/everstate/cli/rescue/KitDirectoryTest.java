package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.contracts.backup.RecoveryKitView;
import io.everstate.contracts.backup.RecoveryKitView.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitDirectoryTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:20:30Z");
    private static final String TEXT = "how it is done\n";

    @TempDir
    Path place;

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RecoveryKitView kit(String name, String said) {
        String sums = sha256(said) + "  " + name + "\n";
        return new RecoveryKitView(
                AT,
                List.of(),
                sha256(sums),
                List.of(new File(name, true, TEXT), new File(KitDirectory.SUMS, false, sums)));
    }

    @Test
    void holdsWhatTheServiceMadeForItsOwnerAlone() throws IOException {
        KitDirectory directory = KitDirectory.made(place.resolve("new/kit"));

        directory.write(kit("restore.sh", TEXT));

        assertThat(directory.path().resolve("restore.sh")).hasContent(TEXT).isExecutable();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.path().resolve(KitDirectory.SUMS))))
                .isEqualTo("rw-------");
    }

    @Test
    void writesOverNothing() throws IOException {
        Files.writeString(place.resolve("kit"), "mine");

        assertThatThrownBy(() -> KitDirectory.made(place.resolve("kit")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("is there already");
        assertThatThrownBy(() -> KitDirectory.made(place))
                .as("a directory")
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("is there already");
        assertThat(place.resolve("kit")).hasContent("mine");
    }

    @Test
    void doesNotRelyOnFilesThatTheSumsDoNotName() {
        KitDirectory directory = KitDirectory.made(place.resolve("kit"));

        assertThatThrownBy(() -> directory.write(kit("restore.sh", "another text")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("restore.sh is not what the service made");
    }

    @Test
    void doesNotRelyOnSumsOfAnotherKit() {
        KitDirectory directory = KitDirectory.made(place.resolve("kit"));
        RecoveryKitView kit = kit("restore.sh", TEXT);

        assertThatThrownBy(() -> directory.write(new RecoveryKitView(AT, List.of(), sha256("another"), kit.files())))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("SHA256SUMS is not what the service made");
    }

    @Test
    void writesNothingElsewhere() {
        KitDirectory directory = KitDirectory.made(place.resolve("kit"));

        assertThatThrownBy(() -> directory.write(kit("../outside.sh", TEXT)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("../outside.sh");
        assertThat(place.resolve("outside.sh")).doesNotExist();
    }
}
