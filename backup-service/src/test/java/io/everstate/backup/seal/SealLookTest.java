package io.everstate.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.seal.SealLook.Found;
import io.everstate.backup.store.InMemoryArchiveStore;
import io.everstate.backup.testing.SealKeyPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SealLookTest {
    private static final String WORKSPACE = "default";
    private static final SealKeyPair PAIR = SealKeyPair.anew();
    private static final SampleSeals STRANGER = new SampleSeals(SealKeyPair.anew());

    private final SampleSeals ours = new SampleSeals(PAIR);
    private final InMemoryArchiveStore store = new InMemoryArchiveStore();
    private final SealsInBucket bucket = new SealsInBucket(store, SampleSeals.file(PAIR, List.of()));
    private final List<String> read = new ArrayList<>();

    private void put(StoredSeal seal) throws IOException {
        put(seal.object(), seal.bytes());
    }

    private void put(String name, byte[] content) throws IOException {
        try (var upload = store.begin(name)) {
            upload.write(content);
            upload.complete();
        }
    }

    private Found found(boolean nothingKnown) {
        return new SealLook(WORKSPACE, nothingKnown).of(bucket.behind(WORKSPACE, 0), _ -> true, object -> {
            read.add(object.name());
            return bucket.read(object);
        });
    }

    @Test
    void findsWhatIsThereWhateverLiesBesideIt() throws IOException {
        var seal = ours.behind(WORKSPACE, null);
        var unsigned = new SampleSeals(null).numbered(WORKSPACE, 2, "c".repeat(64));
        put(seal);
        put(unsigned);
        put(STRANGER.behind(WORKSPACE, seal));
        put("seals/default/9999999999-x.jsonl", new byte[] {1});
        put("seals/default/notes.txt", seal.bytes());

        var found = found(true);

        assertThat(found.signed()).extracting(StoredSeal::sha256).containsExactly(seal.sha256());
        assertThat(found.unsigned()).extracting(StoredSeal::sha256).containsExactly(unsigned.sha256());
        assertThat(found.untrusted()).hasSize(1);
        assertThat(found.unfinished()).isNull();
        assertThat(read).as("what has no seal's name is not read").hasSize(3);
    }

    /** An object that was put there so that nobody gets it. */
    @Test
    void goesOnBehindWhatTheStorageRefuses() throws IOException {
        var seal = ours.numbered(WORKSPACE, 2, "c".repeat(64));
        put(seal);
        put("seals/default/0000000001-0123456789abcdef.jsonl", new byte[] {1});
        store.refuse("seals/default/0000000001-0123456789abcdef.jsonl", 400);

        assertThat(found(false).signed()).hasSize(1);
    }

    @Test
    void takesNoCopyUnderAnotherName() throws IOException {
        put(
                "seals/default/0000000007-0123456789abcdef.jsonl",
                ours.behind(WORKSPACE, null).bytes());

        assertThat(found(true).signed()).isEmpty();
    }

    @Test
    void isLeftAfterSoMuchThatSaysNothing() throws IOException {
        for (var number :
                IntStream.rangeClosed(1, SealLook.MOST_STRANGERS + 100).toArray()) {
            put("seals/default/%010d-0123456789abcdef.jsonl".formatted(number), new byte[] {1});
        }

        assertThat(found(false).unfinished()).contains("more than 200");
        assertThat(read).hasSize(SealLook.MOST_STRANGERS);
    }

    @Test
    void looksAtAllThatNobodySignedWhereNothingIsKnownAndElseNot() throws IOException {
        for (var seal : new SampleSeals(null).chain(WORKSPACE, SealLook.MOST_STRANGERS + 10)) {
            put(seal);
        }

        assertThat(found(true).unsigned()).hasSize(SealLook.MOST_STRANGERS + 10);
        assertThat(found(false).unsigned()).hasSize(SealLook.MOST_STRANGERS);
    }

    @Test
    void saysThatItIsUnfinishedWhenTheStorageGoesAway() throws IOException {
        var seal = ours.behind(WORKSPACE, null);
        put(seal);
        store.refuse(seal.object(), 0);

        assertThat(found(true).unfinished()).isNotNull();
    }
}
