package io.everstate.backup.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.ManifestFile;
import io.everstate.backup.archive.ObjectNames;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.bucket.FoundArchive;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.rebuild.Examined.Closed;
import io.everstate.backup.rebuild.Examined.Damaged;
import io.everstate.backup.rebuild.Examined.Described;
import io.everstate.backup.store.InMemoryArchiveStore;
import io.everstate.backup.store.ListedObject;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExaminationTest {
    private static final String ID = "019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11";
    private static final String DIRECTORY = "backups/default/20261121T102030Z-full-" + ID + "/";
    private static final byte[] ARCHIVE = "content".getBytes(UTF_8);

    /** As version 1 wrote it first. */
    private static final String MANIFEST = """
            {"formatVersion":1,"backup":{"formatVersion":1,"id":"%s","workspace":"default","kind":"FULL","time":"2026-11-21T10:20:30.123456Z",
            "description":"Manual backup","files":3},"archive":{"object":"%sarchive.tar.gz","bytes":7,"sha256":"aa","md5":"bb"},"entries":[],
            "notes":[{"path":"workspace/","what":"there is no base"}]}""".formatted(ID, DIRECTORY);

    private final InMemoryArchiveStore store = new InMemoryArchiveStore();
    private final Examination examination =
            new Examination(store, SamplePackings.GZIP, Samples.JSON, Clock.systemUTC());

    private Examined examined(UnaryOperator<String> change) throws IOException {
        put("archive.tar.gz", ARCHIVE);
        put("manifest.json", change.apply(MANIFEST).getBytes(UTF_8));
        var place = ObjectNames.placeOf(DIRECTORY + "archive.tar.gz").orElseThrow();
        return examination.examine(new FoundArchive(
                place,
                new ListedObject(DIRECTORY + "archive.tar.gz", ARCHIVE.length, Instant.EPOCH, "v"),
                new ListedObject(DIRECTORY + "manifest.json", 1, Instant.EPOCH, "v")));
    }

    private void put(String file, byte[] content) throws IOException {
        try (var upload = store.begin(DIRECTORY + file)) {
            upload.write(content);
            upload.complete();
        }
    }

    @Test
    void readsWhatTheFirstVersionWrote() throws IOException {
        var described = (Described) examined(manifest -> manifest);

        var head = described.found().head();
        assertThat(head.id()).hasToString(ID);
        assertThat(head.requestedAt()).isEqualTo("2026-11-21T10:20:30.123456Z");
        assertThat(head.description()).isEqualTo("Manual backup");
        assertThat(head.link().note()).isEqualTo("there is no base");
        assertThat(head.safety()).isFalse();
        assertThat(described.found().archive().manifestSha256())
                .isEqualTo(new ManifestFile(store, SamplePackings.GZIP.of("manifest.json"), Samples.JSON)
                        .find(DIRECTORY + "manifest.json")
                        .sha256());
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "Safety backup before restoring x, , true",
        "Safety backup before restoring x, false, false",
        "By hand, true, true"
    })
    void tellsASafetyBackupByItsFlagAndWithoutOneByItsDescription(String description, String flag, boolean safety)
            throws IOException {
        var described = (Described) examined(manifest -> manifest.replace(
                "\"Manual backup\"", "\"" + description + "\"" + (flag == null ? "" : ",\"safety\":" + flag)));

        assertThat(described.found().head().safety()).isEqualTo(safety);
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource({
        "\"default\", \"other\"",
        "\"FULL\", \"CONFIG_ONLY\"",
        "10:20:30.123456Z, 10:20:31Z",
        "\"bytes\":7, \"bytes\":8",
        "-3f11-, -3f12-",
        "\"entries\", \"nothing\"",
        "{, ["
    })
    void doesNotBelieveAManifestThatContradictsWhereItLies(String text, String instead) throws IOException {
        var damaged = (Damaged) examined(manifest -> manifest.replace(text, instead));

        assertThat(damaged.corrupted().head().id()).hasToString(ID);
        assertThat(damaged.corrupted().archive().bytes()).isEqualTo(ARCHIVE.length);
    }

    @Test
    void leavesALaterFormatToALaterVersion() throws IOException {
        var closed = (Closed) examined(manifest -> manifest.replace("{\"formatVersion\":1", "{\"formatVersion\":2"));

        assertThat(closed.outcome()).isEqualTo(Outcome.NOT_READ);
        assertThat(closed.why()).contains("format version is 2");
    }
}
