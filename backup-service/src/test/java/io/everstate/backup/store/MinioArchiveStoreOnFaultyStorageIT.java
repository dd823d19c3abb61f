package io.everstate.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.TestPlatform;
import java.io.IOException;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real storage that does one thing wrong at one call: what passes is tried again, everything else is an error, and nothing is half there. */
class MinioArchiveStoreOnFaultyStorageIT {
    private static final int PARTS = 3;
    private static final byte[] CONTENT = content((5 << 20) * (PARTS - 1) + 1);

    private static FaultyStorage storage;
    private static MinioArchiveStore store;

    private final String name = "faulty/" + UUID.randomUUID() + "/object";

    @BeforeAll
    static void connect() {
        var real = TestPlatform.shared().storage();
        storage = new FaultyStorage(real.endpoint(), path -> path.contains("/faulty/"));
        store = new MinioArchiveStore(
                Storages.at(storage.url(), real.accessKey(), real.secretKey(), "store-contract"),
                Storages.metrics(),
                () -> false,
                Storages.versions());
        store.capabilities();
    }

    @AfterAll
    static void disconnect() {
        store.close();
        storage.close();
    }

    @AfterEach
    void heal() {
        storage.tell(Fault.NONE);
    }

    private static byte[] content(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private StoredObject put() throws IOException {
        try (var upload = store.begin(name)) {
            upload.write(CONTENT);
            return upload.complete();
        }
    }

    private void assertNothingIsThere() {
        storage.tell(Fault.NONE);
        assertThat(store.find(name)).isEmpty();
        store.delete(name);
    }

    private void assertIsThere() throws IOException {
        storage.tell(Fault.NONE);
        try (var input = store.open(name)) {
            assertThat(input.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, PARTS})
    void sendsAPartAgainThatTheStorageHadNoTimeFor(int part) throws IOException {
        storage.tell(Fault.WRITES_ARE_SLOWED_DOWN, part, part);

        put();

        assertThat(storage.seen()).isEqualTo(PARTS + 1);
        assertIsThere();
    }

    /** One of the SDK's own ways completes an object without such a part. */
    @ParameterizedTest
    @CsvSource({
        "WRITES_ARE_BAD, 1",
        "WRITES_ARE_BAD, 2",
        "WRITES_ARE_BAD, 3",
        "WRITES_ARE_REFUSED, 1",
        "WRITES_ARE_REFUSED, 2",
        "WRITES_ARE_REFUSED, 3"
    })
    void aPartThatIsRefusedIsAnErrorAtOnce(Fault fault, int part) {
        storage.tell(fault, part, part);

        assertThatThrownBy(this::put)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("store part " + part);
        assertThat(storage.seen()).as("no part is sent behind it").isEqualTo(part);
        assertNothingIsThere();
    }

    @Test
    void credentialsThatExpireInTheMiddleAreAnErrorAtOnce() {
        storage.tell(Fault.WRITES_ARE_REFUSED, 2, Integer.MAX_VALUE);

        assertThatThrownBy(this::put)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("403");
        assertNothingIsThere();
    }

    @Test
    void givesUpAPartThatTheStorageHasNoTimeForAgainAndAgain() {
        storage.tell(Fault.WRITES_ARE_SLOWED_DOWN);

        assertThatThrownBy(this::put)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("SlowDown");
        assertThat(storage.seen()).isEqualTo(2);
        assertNothingIsThere();
    }

    /** As S3 answers, a part that was kept has a tag. */
    @Test
    void aPartWhoseAnswerSaysNothingIsSentAgain() throws IOException {
        storage.tell(Fault.WRITES_ARE_LOST, 2, 2);

        put();

        assertThat(storage.seen()).isEqualTo(PARTS + 1);
        assertIsThere();
    }

    @Test
    void partsThatTheStorageNeverKeepsAreNoObject() {
        storage.tell(Fault.WRITES_ARE_LOST, 2, Integer.MAX_VALUE);

        assertThatThrownBy(this::put).isInstanceOf(StoreUnavailableException.class);
        assertNothingIsThere();
    }

    @Test
    void partsUnderAnotherTagAreNoObject() {
        storage.tell(Fault.WRITES_GET_ANOTHER_TAG, 2, 2);

        assertThatThrownBy(this::put).isInstanceOf(StoreUnavailableException.class);
        assertNothingIsThere();
    }

    @Test
    void anErrorInAnAnswerThatSaysWellIsAnError() {
        storage.tell(Fault.COMPLETIONS_ARE_ERRORS_WITH_200);

        assertThatThrownBy(this::put).isInstanceOf(StoreUnavailableException.class);
        assertNothingIsThere();
    }

    @Test
    void whatIsThereIsFoundWhenTheAnswerWasLost() throws IOException {
        storage.tell(Fault.COMPLETIONS_ARE_DONE_AND_NOT_ANSWERED);

        var stored = put();

        assertThat(storage.seen()).as("it is not asked for twice").isEqualTo(1);
        assertThat(stored.bytes()).isEqualTo(CONTENT.length);
        assertIsThere();
    }

    @Test
    void aSizeThatIsNotWhatWasWrittenIsAnError() {
        storage.tell(Fault.LOSES_THE_LAST_BYTE);

        assertThatThrownBy(this::put)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("were written");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"READS_ARE_CUT", "ERRORS"})
    void aPieceThatDidNotComeIsReadAgain(Fault fault) throws IOException {
        put();
        storage.tell(fault, 2, 2);

        try (var input = store.open(name)) {
            assertThat(input.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(storage.seen()).as("three pieces, one of them twice").isGreaterThanOrEqualTo(PARTS + 1);
    }

    @Test
    void aPieceThatIsCutEachTimeIsNoEndOfTheObject() throws IOException {
        put();
        storage.tell(Fault.READS_ARE_CUT, 2, Integer.MAX_VALUE);

        try (var input = store.open(name)) {
            assertThatThrownBy(input::readAllBytes).isInstanceOf(StoreUnavailableException.class);
        }
    }

    /** Only who compares sums can tell: that this gives other bytes is why every archive is read back. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"READS_ARE_FLIPPED", "READS_ARE_OF_ANOTHER_PLACE"})
    void otherBytesAreNotNoticedHere(Fault fault) throws IOException {
        put();
        storage.tell(fault, 2, 2);

        try (var input = store.open(name)) {
            assertThat(input.readAllBytes()).hasSize(CONTENT.length).isNotEqualTo(CONTENT);
        }
    }

    @Test
    void whatIsWrittenBehindAnErrorIsAnotherObject() throws IOException {
        storage.tell(Fault.WRITES_ARE_BAD, 2, 2);
        assertThatThrownBy(this::put).isInstanceOf(StoreUnavailableException.class);
        storage.tell(Fault.NONE);

        put();

        assertIsThere();
    }
}
