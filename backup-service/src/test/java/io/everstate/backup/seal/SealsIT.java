package io.everstate.backup.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.archive.Samples;
import io.everstate.backup.catalogue.Expiries;
import io.everstate.backup.catalogue.Holdings;
import io.everstate.backup.catalogue.Holdings.Fate;
import io.everstate.backup.catalogue.SealedBackups;
import io.everstate.backup.platform.Defaults;
import io.everstate.backup.seal.Seal.Act;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ObjectExistsException;
import io.everstate.backup.store.Upload;
import io.everstate.backup.testing.PlantedBackup;
import io.everstate.backup.testing.SealClient;
import io.everstate.backup.testing.SealKeyPair;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.SealCheckView;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever adds to a chain, and however many at once. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class SealsIT {
    private static final int MANY = 24;
    private static final int MORE_THAN_AT_A_TIME = 130;

    @TestHTTPResource
    URI service;

    @Inject
    Seals seals;

    @Inject
    SealObjects objects;

    @Inject
    SealedBackups backups;

    @Inject
    Holdings holdings;

    @Inject
    Expiries expiries;

    @Inject
    DataSource database;

    @Inject
    Session session;

    @Inject
    ArchiveStore store;

    private final String workspace = "chain-" + UUID.randomUUID();

    @Test
    void doesNotForkHoweverManyAddAtOnce() throws Exception {
        var ids = LongStream.range(0, MANY).mapToObj(i -> UUID.randomUUID()).toList();
        try (var executor = Executors.newFixedThreadPool(4)) {
            var added = ids.stream()
                    .map(id -> executor.submit(() -> QuarkusTransaction.requiringNew()
                            .call(() -> seals.stored(workspace, SampleSeals.backup(id)))))
                    .toList();
            for (var one : added) {
                assertThat(one.get().seal().workspace()).isEqualTo(workspace);
            }
        }

        var chain = seals.all(workspace);

        assertThat(chain).hasSize(MANY);
        var number = 0L;
        String before = null;
        for (var known : chain) {
            assertThat(known.stored().seal().follows(workspace, number, before)).isTrue();
            number = known.stored().seal().number();
            before = known.stored().sha256();
        }
        assertThat(seals.head(workspace)).contains(chain.getLast().stored().head());
    }

    @Test
    void saysOfABackupOnceThatItIsThereAndOnceThatItIsNot() {
        var backup = SampleSeals.backup(UUID.randomUUID());
        var first = QuarkusTransaction.requiringNew().call(() -> seals.stored(workspace, backup));
        var again = QuarkusTransaction.requiringNew().call(() -> seals.stored(workspace, backup));
        for (var times = 0; times < 2; times++) {
            QuarkusTransaction.requiringNew().run(() -> seals.removed(workspace, backup.id(), "not wanted"));
        }

        assertThat(again.sha256()).isEqualTo(first.sha256());
        assertThat(seals.all(workspace))
                .extracting(known -> known.stored().seal().act())
                .containsExactly(Act.STORED, Act.REMOVED);
    }

    /** It was completed without one: the service does it by itself. */
    @Test
    void completedBackupsOfBeforeThereWereSealsGetTheirs() {
        var content = Samples.archive(writer -> {});
        var planted = new PlantedBackup(database, store).plant("default", content.archive(), content.manifest());

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(seals.of(planted, Act.STORED)).isPresent());

        var sealed = seals.of(planted, Act.STORED).orElseThrow().seal().backup();
        assertThat(sealed.bytes()).isEqualTo(content.archive().length);
        assertThat(sealed.archive()).contains(planted.toString());
    }

    /** Somebody who can write to the bucket wrote a chain there before ours began. */
    @Test
    void takesUpNothingThatNobodySignedWhereAKeyIsTrusted() throws IOException {
        for (var seal : new SampleSeals(null).chain(workspace, 2)) {
            put(seal);
        }

        var taken = uptake(SealKeyPair.anew()).takeUp(workspace);

        assertThat(seals.all(workspace)).isEmpty();
        assertThat(taken.refusal()).contains("nobody signed");
    }

    @Test
    void takesUpWhatNobodySignedOnlyWhereThereIsNoKeyAndNothingIsKnown() throws IOException {
        var chain = new SampleSeals(null).chain(workspace, 3);
        put(chain.get(0));
        put(chain.get(1));

        var first = uptake(null).takeUp(workspace);
        put(chain.get(2));
        uptake(null).takeUp(workspace);

        assertThat(first).isEqualTo(new TakenUp(null, null));
        assertThat(seals.head(workspace)).contains(chain.get(1).head());
    }

    private SealUptake uptake(@Nullable SealKeyPair pair) {
        return new SealUptake(
                seals,
                new SealsInBucket(store, SampleSeals.file(pair, List.of())),
                SampleSeals.keys(pair, List.of()),
                Defaults.of(SealConfiguration.class, Map.of()));
    }

    private void put(StoredSeal seal) throws IOException {
        try (var upload = store.begin(seal.object())) {
            upload.write(seal.bytes());
            upload.complete();
        }
    }

    /** Of a chain that may not begin none is sealed, ever. All of it is taken back before the service sees it. */
    @Test
    void looksAtTheBackupsOfAWorkspaceHoweverManyOfAnotherOneWait() {
        var found = QuarkusTransaction.requiringNew().call(() -> {
            completed("crowded", 1, MORE_THAN_AT_A_TIME);
            completed("starved", MORE_THAN_AT_A_TIME + 1, MORE_THAN_AT_A_TIME + 1);
            var unsealed = backups.unsealed();
            session.createNativeMutationQuery("delete from backup where workspace in ('crowded', 'starved')")
                    .executeUpdate();
            return unsealed;
        });

        assertThat(found).extracting(backup -> backup.head().workspace()).contains("crowded", "starved");
        assertThat(found).hasSizeLessThan(MORE_THAN_AT_A_TIME);
    }

    /** Backups with the ids from that one to that one. */
    private void completed(String inWorkspace, int from, int to) {
        session.createNativeMutationQuery("""
                        insert into backup (id, workspace, kind, status, description, safety, requested_by, requested_at, files,
                            object_name, manifest_name, archive_bytes, sha256, md5, manifest_sha256, verified_at, finished_at)
                        select cast('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') as uuid), ?1, 'FULL', 'COMPLETED', 'planted', true,
                            'somebody', now(), 1, 'crowd/' || n || '/archive.tar.gz', 'crowd/' || n || '/manifest.json.gz', 1, 'a', 'b', 'c', now(), now()
                          from generate_series(?2, ?3) n""")
                .setParameter(1, inWorkspace)
                .setParameter(2, from)
                .setParameter(3, to)
                .executeUpdate();
    }

    @Test
    void storesAllThatWaitsHoweverManyAreBeforeThem() {
        for (var i = 0; i < MORE_THAN_AT_A_TIME; i++) {
            QuarkusTransaction.requiringNew().run(() -> seals.stored(workspace, SampleSeals.backup(UUID.randomUUID())));
        }

        objects.storeWhatWaits();

        assertThat(seals.waiting(workspace)).isZero();
    }

    /** Whoever began to store it was killed: what was sent is let go, and nobody can end it any more. */
    @Test
    void whatWasBegunToBeSentOfASealEndsWithIt() {
        // within the transaction, of which the service that stores by itself sees nothing before its end
        try (var begun = QuarkusTransaction.requiringNew().call(this::begunToBeSent)) {
            objects.storeWhatWaits();
            await().untilAsserted(() -> assertThat(seals.waiting(workspace)).isZero());

            assertThatThrownBy(begun::complete)
                    .isInstanceOf(RuntimeException.class)
                    .isNotInstanceOf(ObjectExistsException.class);
        }
    }

    private Upload begunToBeSent() throws IOException {
        var seal = seals.stored(workspace, SampleSeals.backup(UUID.randomUUID()));
        var begun = store.begin(seal.object());
        begun.write("half of it".getBytes(UTF_8));
        return begun;
    }

    /** A clean-up holds a row of which it was just seen that it is completed and not sealed. */
    @Test
    void sealsNoBackupThatIsBeingGivenUp() throws SQLException {
        try (var cleanUp = database.getConnection()) {
            cleanUp.setAutoCommit(false);
            var id = heldBeforeItIsSealed(cleanUp);
            var completed = holdings.completed().stream()
                    .filter(backup -> backup.head().id().equals(id))
                    .findFirst()
                    .orElseThrow();

            backups.seal(completed);
            giveUp(cleanUp, id);
            cleanUp.commit();
            backups.seal(completed);

            assertThat(seals.of(id, Act.STORED)).isEmpty();
        }
    }

    /** The service seals by itself what it finds: then another one. */
    private UUID heldBeforeItIsSealed(Connection cleanUp) throws SQLException {
        while (true) {
            var content = Samples.archive(writer -> {});
            var id = new PlantedBackup(database, store).plant("default", content.archive(), content.manifest());
            try (var statement = cleanUp.prepareStatement("select id from backup where id = ? for update")) {
                statement.setObject(1, id);
                statement.execute();
            }
            if (seals.of(id, Act.STORED).isEmpty()) {
                return id;
            }
            cleanUp.rollback();
        }
    }

    private static void giveUp(Connection connection, UUID id) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update backup set status = 'EXPIRED', failure = 'not wanted', remains = id, expired_at = now() where id = ?""")) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    /** It was looked for while another one added the seal that says that it is there, and had not committed. */
    @Test
    void saysOfABackupThatItIsNotThereThoughItsSealWasAddedAtTheSameTime() throws Exception {
        var backup = SampleSeals.backup(UUID.randomUUID());
        try (var executor = Executors.newSingleThreadExecutor()) {
            var removal = QuarkusTransaction.requiringNew().call(() -> {
                seals.stored(workspace, backup);
                var begun = executor.submit(() -> QuarkusTransaction.requiringNew()
                        .run(() -> seals.removed(workspace, backup.id(), "not wanted")));
                await().atMost(Duration.ofSeconds(40)).until(() -> begun.isDone() || somebodyWaits());
                return begun;
            });
            removal.get();
        }

        assertThat(seals.all(workspace))
                .extracting(known -> known.stored().seal().act())
                .containsExactly(Act.STORED, Act.REMOVED);
    }

    private boolean somebodyWaits() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select exists (select 1 from pg_locks where not granted)")) {
            return found.next() && found.getBoolean(1);
        }
    }

    /** The bucket has its seal that says that it is there, and not yet the one that says that it may be missing. */
    @Test
    void letsObjectsGoWhenTheBucketHasTheSealThatSaysSo() throws SQLException {
        var content = Samples.archive(writer -> {});
        var id = new PlantedBackup(database, store).plant("default", content.archive(), content.manifest());
        QuarkusTransaction.requiringNew().run(() -> seals.stored("default", SampleSeals.backup(id)));
        try (var connection = database.getConnection()) {
            giveUp(connection, id);
        }
        var before = mayGo(id);

        QuarkusTransaction.requiringNew().run(() -> seals.removed("default", id, "not wanted"));
        objects.storeWhatWaits();

        assertThat(before).isFalse();
        assertThat(mayGo(id) || holdings.fate(id).orElseThrow() == Fate.GONE).isTrue();
    }

    private boolean mayGo(UUID id) {
        return expiries.expired(1000).stream()
                .anyMatch(expired -> expired.head().id().equals(id));
    }

    /** Else it would be begun again for ever, and none after it. */
    @Test
    void aCheckEndsThoughTheDatabaseHoldsASealThatIsNone() throws SQLException {
        execute("insert into seal_chain (workspace, number) values ('excluding', 0) on conflict do nothing");
        execute("""
                insert into seal (workspace, number, sha256, act, backup_id, content, stored)
                values ('excluding', 9999999, 'none', 'STORED', gen_random_uuid(), 'null'::bytea, true)""");
        try {
            var checked = new SealClient(service).checked("excluding");

            assertThat(checked.status()).isEqualTo(SealCheckView.Status.FAILED);
            assertThat(checked.failure()).startsWith("a defect of the service");
        } finally {
            execute("delete from seal where sha256 = 'none'");
        }
    }

    private void execute(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        }
    }

    @Test
    void saysNothingOfTheRemovalOfWhatNeverWasThere() {
        QuarkusTransaction.requiringNew().run(() -> seals.removed(workspace, UUID.randomUUID(), "it failed"));

        assertThat(seals.all(workspace)).isEmpty();
        assertThat(seals.head(workspace)).isEmpty();
    }
}
