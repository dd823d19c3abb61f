package io.everstate.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.BackupEvent;
import io.everstate.contracts.backup.BackupEvent.BackupCompleted;
import io.everstate.contracts.backup.BackupEvent.BackupCorrupted;
import io.everstate.contracts.backup.BackupEvent.BackupDeleted;
import io.everstate.contracts.backup.BackupEvent.BackupFailed;
import io.everstate.contracts.backup.BackupEvent.BackupRecentAgain;
import io.everstate.contracts.backup.BackupEvent.BackupRestored;
import io.everstate.contracts.backup.BackupEvent.BackupStarted;
import io.everstate.contracts.backup.BackupEvent.BackupTooOld;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitRecentAgain;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitTooOld;
import io.everstate.contracts.backup.BackupEvent.RetentionRefused;
import io.everstate.contracts.backup.BackupEvent.SealsBroken;
import io.everstate.contracts.backup.BackupEvent.StorageEased;
import io.everstate.contracts.backup.BackupEvent.StorageFilling;
import io.everstate.contracts.backup.BackupKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored and sent, byte for byte, as it was when it was first shipped. */
class GoldenFilesTest {
    private static final UUID OTHER = UUID.fromString("019aa6a2-0000-7000-8000-000000000001");

    @Test
    @Tag("BD8")
    void theManifestIsAsItWas() throws IOException {
        var manifest = Samples.everyKind().manifest();
        var archive = new Manifest.Archive("backups/default/x/archive.tar.gz", 1234, "a".repeat(64), "b".repeat(32));

        assertThat(new String(Samples.JSON.write(manifest.stored(archive)), UTF_8))
                .isEqualToIgnoringNewLines(golden("manifest-v1.json"));
    }

    @Test
    @Tag("BD8")
    void theManifestThatWasStoredIsRead() throws IOException {
        var read = Samples.JSON.read(golden("manifest-v1.json").getBytes(UTF_8), Manifest.class);

        assertThat(read.within()).isEqualTo(Samples.everyKind().manifest().within());
    }

    @Test
    void objectNamesAreAsTheyWere() {
        var names = Arrays.stream(BackupKind.values())
                .map(kind -> ObjectNames.of("default", kind, Samples.TIME, Samples.ID, "tar.gz"))
                .flatMap(pair -> Stream.of(pair.archive(), pair.manifest()))
                .toList();

        assertThat(names)
                .containsExactly(
                        "backups/default/20261121T102030Z-full-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/archive.tar.gz",
                        "backups/default/20261121T102030Z-full-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/manifest.json.gz",
                        "backups/default/20261121T102030Z-state-only-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/archive.tar.gz",
                        "backups/default/20261121T102030Z-state-only-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/manifest.json.gz",
                        "backups/default/20261121T102030Z-config-only-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/archive.tar.gz",
                        "backups/default/20261121T102030Z-config-only-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/manifest.json.gz",
                        "backups/default/20261121T102030Z-logs-only-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/archive.tar.gz",
                        "backups/default/20261121T102030Z-logs-only-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/manifest.json.gz",
                        "backups/default/20261121T102030Z-incremental-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/archive.tar.gz",
                        "backups/default/20261121T102030Z-incremental-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/manifest.json.gz");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void eventsAreAsTheyWere(BackupEvent event) throws IOException {
        assertThat(event.eventType() + "\n" + new String(Samples.JSON.write(event), UTF_8))
                .isEqualToIgnoringNewLines(golden(event.getClass().getSimpleName() + ".txt"));
    }

    static Stream<BackupEvent> events() {
        var at = Samples.TIME;
        return Stream.of(
                new BackupStarted(Samples.ID, "default", BackupKind.FULL, at),
                new BackupCompleted(Samples.ID, "default", BackupKind.STATE_ONLY, 4711, "c".repeat(64), at),
                new BackupFailed(Samples.ID, "default", BackupKind.CONFIG_ONLY, "the storage did not answer", at),
                new BackupCorrupted(Samples.ID, "default", "the archive has 9 bytes, 10 were written", at),
                new BackupDeleted(Samples.ID, "default", BackupKind.FULL, "older than 30 days", OTHER, at),
                new RetentionRefused(Samples.ID, "default", "it would leave 1 good backups", at),
                new BackupRestored(Samples.ID, "default", OTHER, OTHER, 3, at),
                new SealsBroken("default", OTHER, 1, "SEAL_MISSING seals/default/x: expected it, found nothing", at),
                new BackupTooOld("default", at, 43_200, at),
                new BackupRecentAgain("default", at, at),
                new StorageFilling(80, 81, 100, at),
                new StorageEased(80, 74, 100, at),
                new RecoveryKitTooOld(at, "it is older than 30 days", at),
                new RecoveryKitRecentAgain(at, at));
    }

    private static String golden(String name) throws IOException {
        try (var input = GoldenFilesTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(input).as("golden file %s", name).isNotNull();
            return new String(input.readAllBytes(), UTF_8);
        }
    }
}
