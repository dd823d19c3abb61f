package io.everstate.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.ObjectNames.Place;
import io.everstate.contracts.backup.BackupKind;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNamesTest {
    private static final String DIRECTORY =
            "backups/default/20261121T102030Z-full-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/";

    @ParameterizedTest(name = "{0}")
    @EnumSource(BackupKind.class)
    void areReadAsTheyAreWritten(BackupKind kind) {
        var names = ObjectNames.of("my-bots.1", kind, Samples.TIME, Samples.ID, "tar.zst.age");

        var second = Samples.TIME.truncatedTo(ChronoUnit.SECONDS);
        assertThat(ObjectNames.placeOf(names.archive()))
                .contains(new Place("my-bots.1", second, kind, Samples.ID, "tar.zst.age"));
        assertThat(ObjectNames.placeOf(names.manifest()))
                .contains(new Place("my-bots.1", second, kind, Samples.ID, ""));
    }

    /** As the first versions wrote them. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"manifest.json", "manifest.json.age"})
    void ofManifestsThatAreNotCompressedAreKnown(String manifest) {
        assertThat(ObjectNames.placeOf(DIRECTORY + manifest)).get().satisfies(place -> {
            assertThat(place.ofManifest()).isTrue();
            assertThat(place.id()).isEqualTo(Samples.ID);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "tar.gz, manifest.json.gz, manifest.json",
        "tar.zst, manifest.json.zst, manifest.json",
        "tar.gz.age, manifest.json.gz.age, manifest.json.age",
        "tar.zst.age, manifest.json.zst.age, manifest.json.age"
    })
    void areAllThatABackupMayHaveLeftAlsoOfBeforeManifestsWereCompressed(
            String packing, String manifest, String uncompressed) {
        var names = ObjectNames.of("default", BackupKind.FULL, Samples.TIME, Samples.ID, packing);

        assertThat(names.all())
                .containsExactlyInAnyOrder(
                        DIRECTORY + "archive." + packing, DIRECTORY + manifest, DIRECTORY + uncompressed);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "backups/default/20261121T102030Z-full-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/notes.txt",
                "backups/default/99999999T999999Z-full-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/manifest.json",
                "backups/default/20261121T102030Z-all-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/manifest.json",
                "backups/a/b/20261121T102030Z-full-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/manifest.json",
                "copies/" + DIRECTORY + "manifest.json",
                DIRECTORY + "manifest.json.bak",
                DIRECTORY + "manifest.json.age.gz",
                DIRECTORY
            })
    void ofOtherObjectsAreNone(String object) {
        assertThat(ObjectNames.placeOf(object)).isEmpty();
    }
}
