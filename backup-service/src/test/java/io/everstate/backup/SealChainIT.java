package io.everstate.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.seal.SampleSeals;
import io.everstate.backup.seal.SealReading;
import io.everstate.backup.seal.StoredSeal;
import io.everstate.backup.testing.BackupEvents;
import io.everstate.backup.testing.SealKeyPair;
import io.everstate.backup.testing.SealStorage;
import io.everstate.backup.testing.SealingService;
import io.everstate.backup.testing.StoredBackups;
import io.everstate.backup.testing.Tools;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.SealCheckView;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import io.everstate.contracts.backup.SealHead;
import io.everstate.contracts.backup.VerificationView;
import io.everstate.platform.testkit.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who can write to the bucket does, with an S3 client of their own: each test in the workspace of its own. */
@Tag("BD8")
class SealChainIT {
    private static final SealKeyPair KEY = SealKeyPair.anew();
    private static final SampleSeals STRANGER = new SampleSeals(SealKeyPair.anew());

    private static SealStorage storage;
    private static SealingService service;

    @TempDir
    Path directory;

    @BeforeAll
    static void start(@TempDir Path root) throws IOException {
        storage = new SealStorage();
        var settings = new HashMap<>(storage.configuration());
        settings.put(
                "everstate.seals.key-file",
                Files.writeString(root.resolve("seal.pem"), KEY.privatePem()).toString());
        service = SealingService.start(
                root,
                List.of("sealwell", "sealchanged", "sealforged", "sealback", "sealhostile", "sealknown", "sealgone"),
                TestPlatform.shared().newDatabase(),
                settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        storage.close();
    }

    private static StoredBackups bucket() {
        return storage.stored();
    }

    private static BackupView taken(String workspace) {
        return service.client().completed(service.client().take(workspace, "CONFIG_ONLY"));
    }

    /** Of a workspace, in their order. */
    private static List<String> seals(String workspace) {
        return bucket().names("seals/" + workspace + "/").stream().sorted().toList();
    }

    private static String archive(BackupView backup) {
        return String.valueOf(backup.objectName());
    }

    private static String manifest(BackupView backup) {
        return archive(backup).replace("archive.tar.gz", "manifest.json.gz");
    }

    private static StoredSeal seal(String object) {
        var reading = SampleSeals.file(KEY, List.of()).read(bucket().read(object));
        return ((SealReading.Genuine) reading).stored();
    }

    /** What is removed by retention is said so by a seal, and no finding; what is given up stays told after its objects are gone. */
    @Test
    void tellsWhatWasGivenUpFromWhatSomebodyRemoved() throws IOException {
        var givenUp = taken("sealwell");
        taken("sealwell");
        service.seals().giveUp(givenUp);

        var well = service.seals().checked("sealwell");

        assertThat(well.status()).as(well.toString()).isEqualTo(SealCheckView.Status.COMPLETED);
        assertThat(well.findings()).isEmpty();
        assertThat(List.of(well.seals(), well.held(), well.removed())).containsExactly(3L, 1L, 1L);
        assertThat(bucket().names(givenUp.id().toString())).isEmpty();
        var chain = service.seals().chain("sealwell");
        assertThat(chain.head()).isEqualTo(well.head());
        assertThat(chain.waiting()).isZero();
        assertThat(chain.signedBy()).isNotNull();
        assertThat(chain.note()).isNull();
        assertThat(seals("sealwell")).hasSize(3);
        assertThat(seal(seals("sealwell").getLast()).sha256())
                .isEqualTo(Objects.requireNonNull(chain.head()).sha256());
        Files.write(directory.resolve("SEAL"), bucket().read(seals("sealwell").getLast()));
        assertThat(Tools.run(directory, "sh", "-c", "head -n 1 SEAL")).contains("\"act\":\"REMOVED\"", "not wanted");
    }

    @Test
    void namesWhatWasRemovedOrExchangedAndTellsItOnce() {
        var since = Instant.now();
        var first = taken("sealchanged");
        var second = taken("sealchanged");
        var third = taken("sealchanged");
        var fourth = taken("sealchanged");
        var seals = seals("sealchanged");
        assertThat(service.seals().checked("sealchanged").findings()).isEmpty();

        bucket().delete(archive(first));
        flip(archive(second));
        flip(manifest(third));
        bucket().delete(manifest(fourth));
        bucket().delete(seals.get(1));
        flip(seals.get(2));
        var sizes = service.seals().checked("sealchanged", false, null);
        var all = service.seals().checked("sealchanged");

        assertThat(all.findings())
                .extracting(Finding::kind, Finding::object)
                .containsExactlyInAnyOrder(
                        tuple(Kind.ARCHIVE_MISSING, archive(first)),
                        tuple(Kind.ARCHIVE_CHANGED, archive(second)),
                        tuple(Kind.MANIFEST_CHANGED, manifest(third)),
                        tuple(Kind.MANIFEST_MISSING, manifest(fourth)),
                        tuple(Kind.SEAL_MISSING, seals.get(1)),
                        tuple(Kind.SEAL_CHANGED, seals.get(2)));
        assertThat(all.findingCount()).isEqualTo(6);
        assertThat(all.findings())
                .filteredOn(Finding::kind, Kind.ARCHIVE_CHANGED)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.backupId()).isEqualTo(second.id());
                    assertThat(finding.expected()).contains(String.valueOf(second.sha256()));
                    assertThat(finding.found()).startsWith("sha256 ").doesNotContain(String.valueOf(second.sha256()));
                });
        assertThat(sizes.findings())
                .as("of the same size")
                .hasSize(5)
                .noneMatch(finding -> finding.kind() == Kind.ARCHIVE_CHANGED);
        assertThat(service.seals().checked("sealchanged").findings()).hasSize(6);
        try (var events = new BackupEvents("sealchanged", since)) {
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(Collections.frequency(events.types(), "seals-broken"))
                            .as("one for five, one for the sixth")
                            .isEqualTo(2));
        }
        assertThat(service.client().backup(second.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
    }

    /** A verification finds it, and a check of the chain, asked for by that, says so: people are told within seconds, and once. */
    @Test
    void whatAVerificationDoesNotFindIsTold() {
        var since = Instant.now();
        var gone = taken("sealgone");
        bucket().delete(archive(gone));

        var verified = service.client().verificationEnded(service.client().verify(gone.id()));

        assertThat(verified.findings())
                .extracting(VerificationView.Finding::result)
                .containsExactly(VerificationView.Result.MISSING);
        try (var events = new BackupEvents("sealgone", since)) {
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(events.types()).containsExactly("seals-broken"));
        }
        assertThat(service.client().backup(gone.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
    }

    /** Until something else is found of the same object, or it was gone. */
    @Test
    void whatIsAcknowledgedStaysListedAndIsToldNoMore() {
        var since = Instant.now();
        var object = "seals/sealknown/notes.txt";
        bucket().write(object, "mine".getBytes(UTF_8));
        var first = service.seals().checked("sealknown");
        service.seals().acknowledged(first, object, "put there\nby hand");
        service.seals().acknowledged(first, object, "put there\nby hand");
        var refused = service.seals().refusedAcknowledgement(first, object, "another reason");
        var known = service.seals().checked("sealknown");
        bucket().write(object, new byte[70_000]);

        var changed = service.seals().checked("sealknown");

        assertThat(known.findings()).singleElement().satisfies(finding -> {
            var said = Objects.requireNonNull(finding.acknowledged());
            assertThat(said.by()).isEqualTo("test-operator");
            assertThat(said.reason()).isEqualTo("put there\uFFFDby hand");
            assertThat(said.at()).isAfter(since);
        });
        assertThat(known.acknowledged()).isEqualTo(1);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("test-operator", "by hand");
        assertThat(changed.findings()).extracting(Finding::acknowledged).containsOnlyNulls();
        assertThat(changed.acknowledged()).isZero();
        assertThat(service.seals()
                        .refusedAcknowledgement(first, object, "known")
                        .status())
                .as("a later check found something else")
                .isEqualTo(409);

        service.seals().acknowledged(changed, object, "known");
        bucket().delete(object);
        var gone = service.seals().checked("sealknown");
        assertThat(service.seals()
                        .refusedAcknowledgement(changed, object, "known")
                        .detail())
                .contains("is gone since");
        bucket().write(object, new byte[70_000]);
        var again = service.seals().checked("sealknown");

        assertThat(gone.findings()).isEmpty();
        assertThat(again.findings()).extracting(Finding::acknowledged).containsOnlyNulls();
        try (var events = new BackupEvents("sealknown", since)) {
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(Collections.frequency(events.types(), "seals-broken"))
                            .as("at first, of another size, and after it was gone; nothing of what is known")
                            .isEqualTo(3));
        }
    }

    /** Each with what is missing or unknown. */
    @Test
    void refusesToAcknowledgeWithoutAReasonOrWhatWasNotFound() {
        var check = service.seals().checked("sealwell");

        assertThat(service.seals()
                        .refusedAcknowledgement(check, "seals/sealwell/x", " ")
                        .status())
                .isEqualTo(400);
        assertThat(service.seals().refusedAcknowledgement(check, "", "known").status())
                .isEqualTo(400);
        assertThat(service.seals()
                        .refusedAcknowledgement(check, "seals/sealwell/x", "known")
                        .status())
                .isEqualTo(404);
    }

    private static void flip(String object) {
        var content = bucket().read(object);
        content[content.length / 2] ^= 1;
        bucket().write(object, content);
    }

    @Test
    void namesWhatSomebodyForged() {
        taken("sealforged");
        var last = seal(seals("sealforged").getLast());
        var withoutKey = new SampleSeals(null).behind("sealforged", last);
        var withAnother = STRANGER.behind("sealforged", last);
        var changed = SampleSeals.changed(last);
        var fork = new SampleSeals(KEY).numbered("sealforged", 1, "c".repeat(64));
        var linkless = new SampleSeals(KEY).numbered("sealforged", 9, "d".repeat(64));
        bucket().write(withoutKey.object(), withoutKey.bytes());
        bucket().write(withAnother.object(), withAnother.bytes());
        bucket().write("seals/sealforged/0000000002-0123456789abcdef.jsonl", changed);
        bucket().write(fork.object(), fork.bytes());
        bucket().write(linkless.object(), linkless.bytes());
        bucket().write("seals/sealforged/notes.txt", "mine".getBytes(UTF_8));

        var checked = service.seals().checked("sealforged");

        assertThat(checked.findings())
                .extracting(Finding::kind, Finding::object)
                .containsExactlyInAnyOrder(
                        tuple(Kind.UNSIGNED, withoutKey.object()),
                        tuple(Kind.UNKNOWN_KEY, withAnother.object()),
                        tuple(Kind.WRONG_SIGNATURE, "seals/sealforged/0000000002-0123456789abcdef.jsonl"),
                        tuple(Kind.FORK, fork.object()),
                        tuple(Kind.MISSING_LINK, linkless.object()),
                        tuple(Kind.FOREIGN, "seals/sealforged/notes.txt"));

        taken("sealforged");

        assertThat(service.seals().chain("sealforged").head())
                .as("goes on behind the highest that its key signed, whatever else lies there")
                .extracting(SealHead::number)
                .isEqualTo(10L);
        assertThat(service.seals().checked("sealforged").findings())
                .as("and both objects of the backup that it names")
                .hasSize(8);
    }

    /** What lies there is named however it is written, and neither a check nor a backup ends for it. */
    @Test
    void isHeldUpByNothingThatSomebodyPutThere() {
        taken("sealhostile");
        var last = seal(seals("sealhostile").getLast());
        var hostile = STRANGER.behind("sealhostile", last);
        var text = new String(hostile.bytes(), UTF_8).replaceFirst("\"keyId\":\"", "$0\\\\u0000" + "y".repeat(60_000));
        bucket().write("seals/sealhostile/9999999999-0123456789abcdef.jsonl", text.getBytes(UTF_8));
        bucket().write("seals/sealhostile/9999999999-x.jsonl", new byte[0]);
        bucket().write("seals/sealhostile/zz-\u00e9.jsonl", new byte[70_000]);

        var checked = service.seals().checked("sealhostile");
        taken("sealhostile");

        assertThat(checked.status()).as(checked.toString()).isEqualTo(SealCheckView.Status.COMPLETED);
        assertThat(checked.findings()).extracting(Finding::kind).hasSize(3).containsOnly(Kind.FOREIGN);
        assertThat(service.seals().chain("sealhostile").head())
                .extracting(SealHead::number)
                .isEqualTo(2L);
    }

    /** All objects of a state in which there were two backups less. */
    @Test
    void seesThatTheBucketWasTakenBack() {
        taken("sealback");
        var kept = seals("sealback");
        var lost = List.of(taken("sealback"), taken("sealback"));
        var head = Objects.requireNonNull(service.seals().chain("sealback").head());
        var gone =
                seals("sealback").stream().filter(name -> !kept.contains(name)).toList();
        gone.forEach(bucket()::delete);
        lost.forEach(backup -> bucket().names(backup.id().toString()).forEach(bucket()::delete));

        var checked = service.seals().checked("sealback", false, head);

        assertThat(checked.head()).as("the catalogue knows better").isEqualTo(head);
        assertThat(checked.findings())
                .filteredOn(finding -> finding.kind() == Kind.ROLLED_BACK)
                .extracting(Finding::object, Finding::found)
                .containsExactly(
                        tuple(gone.get(0), "the newest one in the bucket is number 1"),
                        tuple(gone.get(1), "the newest one in the bucket is number 1"));
        assertThat(checked.findings())
                .extracting(Finding::kind)
                .containsOnly(Kind.ROLLED_BACK, Kind.ARCHIVE_MISSING, Kind.MANIFEST_MISSING)
                .hasSize(6);
        assertThat(service.seals()
                        .checked("sealback", false, new SealHead(3, "e".repeat(64)))
                        .findings())
                .extracting(Finding::kind)
                .contains(Kind.HEAD_MISSING);
    }
}
