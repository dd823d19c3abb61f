package io.everstate.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.seal.SealReading.Broken;
import io.everstate.backup.seal.SealReading.Genuine;
import io.everstate.backup.seal.SealReading.Unread;
import io.everstate.backup.store.InMemoryArchiveStore;
import io.everstate.backup.store.ListedObject;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.backup.testing.SealKeyPair;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealsInBucketTest {
    private static final SealKeyPair PAIR = SealKeyPair.anew();

    private final InMemoryArchiveStore store = new InMemoryArchiveStore();
    private final SealsInBucket bucket = new SealsInBucket(store, SampleSeals.file(PAIR, List.of()));

    private ListedObject stored(StoredSeal seal) throws IOException {
        try (var upload = store.begin(seal.object())) {
            upload.write(seal.bytes());
            upload.complete();
        }
        return listed(seal.object(), seal.bytes().length);
    }

    private static ListedObject listed(String name, long bytes) {
        return new ListedObject(name, bytes, Instant.EPOCH, "");
    }

    private static StoredSeal seal() {
        return new SampleSeals(PAIR).behind("default", null);
    }

    @Test
    void readsWhatIsThere() throws IOException {
        assertThat(bucket.read(stored(seal()))).isInstanceOf(Genuine.class);
    }

    /** 400 of an object under a key that its writer keeps, 403 of one in a class of storage that gives nothing back at once. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405})
    void saysOfAnObjectThatTheStorageRefusesThatItIsNotRead(int status) throws IOException {
        var object = stored(seal());
        store.refuse(object.name(), status);

        assertThat(bucket.read(object)).isInstanceOf(Unread.class);
    }

    @Test
    void saysOfAnObjectThatIsGoneThatItIsNotRead() {
        assertThat(bucket.read(listed(seal().object(), 10))).isInstanceOf(Unread.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 408, 429, 503})
    void saysNothingOfAnObjectWhileTheStorageIsAway(int status) throws IOException {
        var object = stored(seal());
        store.refuse(object.name(), status);

        assertThatThrownBy(() -> bucket.read(object)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void readsNothingThatIsLongerThanASeal() {
        assertThat(bucket.read(listed("seals/default/big", SealFile.MAX_BYTES + 1L)))
                .isEqualTo(new Broken("it has 65537 bytes"));
    }
}
