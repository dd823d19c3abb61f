package io.everstate.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.SealKeyPair;
import io.everstate.backup.testing.SealStorage;
import io.everstate.backup.testing.SealingService;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.CatalogueRebuildView;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import io.everstate.contracts.backup.CatalogueRebuildView.Problem;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import io.everstate.contracts.backup.SealHead;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.TestPlatform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue is lost or the service is killed, and the chain of seals goes on. */
class SealedRebuildIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final SealKeyPair KEY = SealKeyPair.anew();

    @TempDir
    Path directory;

    private final SealStorage storage = new SealStorage();
    private final FaultyStorage between =
            new FaultyStorage(storage.endpoint(), path -> path.contains("/seals/") && path.endsWith(".jsonl"));
    private Database database = TestPlatform.shared().newDatabase();
    private SealingService service;

    @AfterEach
    void stop() {
        service.close();
        between.close();
        storage.close();
    }

    private void start(Map<String, String> settings) {
        if (service != null) {
            service.close();
        }
        var all = new HashMap<>(storage.configuration());
        all.put("everstate.storage.endpoint", between.url().toString());
        all.putAll(settings);
        service = SealingService.start(directory, List.of("default"), database, all);
    }

    private static Map<String, String> signing(SealKeyPair key) {
        return Map.of("everstate.seals.key", key.privatePem().replace("\n", ""));
    }

    private void startWithAnEmptyDatabase(Map<String, String> settings) {
        database = TestPlatform.shared().newDatabase();
        start(settings);
    }

    private BackupView taken() {
        return service.client().completed(service.client().take("CONFIG_ONLY"));
    }

    private CatalogueRebuildView rebuilt() {
        return service.catalogue().rebuildEnded(service.catalogue().rebuild());
    }

    private Map<String, byte[]> objects(BackupView backup) {
        return storage.stored().names(backup.id().toString()).stream()
                .collect(Collectors.toMap(name -> name, name -> storage.stored().read(name)));
    }

    private SealHead head() {
        return Objects.requireNonNull(service.seals().chain("default").head());
    }

    private List<String> seals() {
        return storage.stored().names("seals/").stream().sorted().toList();
    }

    private List<Kind> found() {
        return service.seals().checked("default").findings().stream()
                .map(Finding::kind)
                .toList();
    }

    /** One backup was given up and is put back, and of the newest one the seal is removed. */
    @Test
    void aRebuildBelievesWhatIsSealedAndTheChainGoesOn() {
        start(signing(KEY));
        var givenUp = taken();
        var kept = objects(givenUp);
        var good = taken();
        service.seals().giveUp(givenUp);
        var newest = taken();
        var noted = head();
        kept.forEach(storage.stored()::write);
        storage.stored().delete(seals().getLast());

        startWithAnEmptyDatabase(signing(KEY));
        var rebuilt = rebuilt();

        assertThat(rebuilt.problems().stream().collect(Collectors.toMap(Problem::backupId, Problem::detail)))
                .hasSize(2)
                .hasEntrySatisfying(givenUp.id(), why -> assertThat(why).contains("it was removed", "not wanted"))
                .hasEntrySatisfying(newest.id(), why -> assertThat(why).contains("no seal of the workspace names it"));
        assertThat(rebuilt.outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 1L, Outcome.CORRUPTED, 2L));
        assertThat(service.client().backup(good.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(service.seals().checked("default", true, noted).findings())
                .as("the bucket alone does not show it, what was noted does")
                .extracting(Finding::kind)
                .containsExactly(Kind.HEAD_MISSING);

        taken();

        assertThat(head().number()).as("behind the three that are there").isEqualTo(4);
        assertThat(found()).isEmpty();

        seals().forEach(storage.stored()::delete);
        startWithAnEmptyDatabase(signing(KEY));
        assertThat(rebuilt().outcomes()).as("without any seal").isEqualTo(Map.of(Outcome.CORRUPTED, 4L));
    }

    /** One under an earlier time, with a manifest that fits, and one in the same place. */
    @Test
    void whatSomebodyPutBesideASealedBackupHidesItNot() throws IOException {
        start(signing(KEY));
        var backup = taken();
        var archive = String.valueOf(backup.objectName());
        var manifest = archive.replace("archive.tar.gz", "manifest.json.gz");
        var earlier = archive.replaceFirst("[0-9]{8}T[0-9]{6}Z", "20200101T000000Z");
        storage.stored().write(earlier, storage.stored().read(archive));
        storage.stored()
                .write(
                        earlier.replace("archive.tar.gz", "manifest.json.gz"),
                        packed(unpacked(storage.stored().read(manifest))
                                .replace(archive, earlier)
                                .replaceFirst("\"time\":\"[^\"]*\"", "\"time\":\"2020-01-01T00:00:00Z\"")));
        storage.stored().write(archive.replace(".tar.gz", ".tar.zst"), new byte[] {1});
        storage.stored().write(manifest.replace(".gz", ".zst"), new byte[] {1});

        startWithAnEmptyDatabase(signing(KEY));

        assertThat(rebuilt().outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 1L));
        assertThat(service.client().backup(backup.id()).objectName()).isEqualTo(archive);
    }

    private static String unpacked(byte[] content) throws IOException {
        try (var source = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(source.readAllBytes(), UTF_8);
        }
    }

    private static byte[] packed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var target = new GZIPOutputStream(bytes)) {
            target.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void aSealThatIsMissingHidesNoLaterOne() {
        start(signing(KEY));
        var first = taken();
        var second = taken();
        var third = taken();
        storage.stored().delete(seals().get(1));

        startWithAnEmptyDatabase(signing(KEY));
        var rebuilt = rebuilt();
        var found = found();
        taken();

        assertThat(rebuilt.outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 2L, Outcome.CORRUPTED, 1L));
        assertThat(rebuilt.problems()).extracting(Problem::backupId).containsExactly(second.id());
        assertThat(service.client().backup(first.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(service.client().backup(third.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(found).containsExactly(Kind.MISSING_LINK);
        assertThat(head().number()).as("behind the highest").isEqualTo(4);
    }

    /** With an empty catalogue it would give the first number again. */
    @Test
    void aStartWithoutTheKeyOfTheChainAddsNothingToIt() {
        start(signing(KEY));
        taken();
        var before = seals();
        var another = signing(SealKeyPair.anew());
        var anew = new HashMap<>(another);
        anew.put("everstate.seals.begin-anew", "default");

        startWithAnEmptyDatabase(another);
        var failed = service.client().ended(service.client().take("CONFIG_ONLY"));
        startWithAnEmptyDatabase(Map.of());
        var withoutKey = service.client().ended(service.client().take("CONFIG_ONLY"));
        var after = seals();
        startWithAnEmptyDatabase(anew);
        taken();

        assertThat(failed.status()).isEqualTo(BackupView.Status.FAILED);
        assertThat(failed.failure()).contains("everstate.seals.trusted-keys", "everstate.seals.begin-anew");
        assertThat(withoutKey.status()).isEqualTo(BackupView.Status.FAILED);
        assertThat(after).isEqualTo(before);
        assertThat(head().number()).isEqualTo(1);
        assertThat(found()).containsExactly(Kind.UNKNOWN_KEY);
    }

    /** A key that is changed, and forgotten for a while. */
    @Test
    void sealsOfAnEarlierKeyCountAsLongAsItIsTrusted() {
        start(signing(KEY));
        var old = taken();
        var next = SealKeyPair.anew();
        var trusting = new HashMap<>(signing(next));
        trusting.put("everstate.seals.trusted-keys", KEY.publicLine());

        startWithAnEmptyDatabase(signing(next));
        var without = rebuilt();
        var unknown = found();
        start(trusting);
        var with = rebuilt();
        taken();

        assertThat(without.problems()).extracting(Problem::outcome).containsExactly(Outcome.NOT_READ);
        assertThat(without.problems().getFirst().detail()).contains("everstate.seals.trusted-keys");
        assertThat(unknown).containsExactly(Kind.UNKNOWN_KEY);
        assertThat(with.outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 1L));
        assertThat(service.client().backup(old.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(head().number()).isEqualTo(2);
        assertThat(found()).isEmpty();
    }

    @Test
    void withoutAKeyItIsChainedByHashesAloneAndSaysSoUntilASignedSealFollows() {
        start(Map.of());
        taken();
        var chain = service.seals().chain("default");

        start(signing(KEY));
        var before = found();
        taken();
        startWithAnEmptyDatabase(signing(KEY));

        assertThat(chain.signedBy()).isNull();
        assertThat(chain.note()).contains("no key signs");
        assertThat(before).as("the catalogue knows what it is").isEmpty();
        assertThat(rebuilt().outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 2L));
        assertThat(found()).isEmpty();
    }

    /** First the storage gives the seal back as another one, then it does not take it at all and the service ends. */
    @Test
    void aBackupWhoseSealIsNotReadBackIsNoneAndTheChainSaysSo() {
        start(signing(KEY));
        between.tell(Fault.READS_ARE_FLIPPED);
        var flipped = service.client().ended(service.client().take("CONFIG_ONLY"));
        between.tell(Fault.NONE);
        await().atMost(PATIENCE).until(() -> service.seals().chain("default").waiting() == 0);
        between.tell(Fault.WRITES_HANG);
        var cut = service.client().take("CONFIG_ONLY");
        await().atMost(PATIENCE).until(() -> service.seals().chain("default").waiting() == 1);
        var reached = service.client().backup(cut).status();

        service.process().kill();
        between.tell(Fault.NONE);
        service.process().restart();

        assertThat(flipped.status()).isEqualTo(BackupView.Status.FAILED);
        assertThat(flipped.failure()).contains("is not the seal that was written");
        assertThat(reached).isEqualTo(BackupView.Status.UPLOADED);
        assertThat(service.client().ended(cut).status()).isEqualTo(BackupView.Status.FAILED);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(storage.stored().names("backups/")).isEmpty());
        taken();
        var checked = service.seals().checked("default");
        assertThat(checked.findings()).isEmpty();
        assertThat(List.of(checked.seals(), checked.held(), checked.removed())).containsExactly(5L, 1L, 2L);
        assertThat(seals())
                .hasSize(5)
                .as("what was begun to be sent of them ended with who stored them")
                .allSatisfy(seal -> assertThat(storage.uploadsTo(seal)).isEmpty());
    }
}
