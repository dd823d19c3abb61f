package io.everstate.backup.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does. */
interface ArchiveStoreContract {
    ArchiveStore store();

    /** Below, at, and above the size of a part, which is 5 MiB in these tests, and of several parts. */
    @ParameterizedTest(name = "{0} bytes come back as they were written")
    @ValueSource(ints = {0, 1, 5 << 20, (5 << 20) + 1, 11_000_000})
    default void givesBackWhatWasWritten(int size) throws IOException {
        var name = freshName();
        var written = new byte[size];
        new Random(size).nextBytes(written);

        var stored = put(name, written);

        assertThat(stored.bytes()).isEqualTo(size);
        try (var input = store().open(name)) {
            assertThat(input.readAllBytes()).isEqualTo(written);
        }
    }

    @Test
    default void listsWhatSortsBehindAName() throws IOException {
        var directory = freshName() + "/";
        for (var file : List.of("03.b", "01.b", "02.b", "02.a")) {
            put(directory + file, "content".getBytes(UTF_8));
        }

        assertThat(store().names(directory, directory + "02"))
                .containsExactly(directory + "02.a", directory + "02.b", directory + "03.b");
        assertThat(store().names(directory, directory + "02.b")).containsExactly(directory + "03.b");
        assertThat(store().names(directory, directory + "03.b")).isEmpty();
    }

    @Test
    default void showsNothingBeforeItIsComplete() throws IOException {
        var name = freshName();
        try (var upload = store().begin(name)) {
            upload.write("half".getBytes(UTF_8));

            assertThat(store().find(name)).isEmpty();
        }
        assertThat(store().find(name)).isEmpty();
    }

    @Test
    default void neverWritesOver() throws IOException {
        var name = freshName();
        put(name, "first".getBytes(UTF_8));

        assertThatThrownBy(() -> put(name, "second".getBytes(UTF_8))).isInstanceOf(ObjectExistsException.class);

        try (var input = store().open(name)) {
            assertThat(input.readAllBytes()).isEqualTo("first".getBytes(UTF_8));
        }
    }

    @Test
    default void saysThatAnObjectIsMissing() {
        var name = freshName();

        assertThat(store().find(name)).isEmpty();
        assertThatThrownBy(() -> store().open(name).close()).isInstanceOf(ObjectMissingException.class);
    }

    @Test
    default void deletesWhatIsThereAndWhatIsNot() throws IOException {
        var name = freshName();
        put(name, "content".getBytes(UTF_8));

        store().delete(name);
        store().delete(name);

        assertThat(store().find(name)).isEmpty();
    }

    /** What keeps a process that was paused and taken for dead from leaving an object after the sweep. */
    @Test
    default void anUploadThatWasSweptUpCannotComplete() throws IOException {
        var name = freshName();
        try (var upload = store().begin(name)) {
            upload.write("from a zombie".getBytes(UTF_8));

            store().delete(name);

            assertThatThrownBy(upload::complete).isInstanceOf(RuntimeException.class);
        }
        assertThat(store().find(name)).isEmpty();
    }

    @Test
    default void anUploadThatWasEndedCannotComplete() throws IOException {
        var name = freshName();
        try (var upload = store().begin(name)) {
            upload.write("from somebody who was killed".getBytes(UTF_8));

            store().endUploads(name);

            assertThatThrownBy(upload::complete).isInstanceOf(RuntimeException.class);
        }
        assertThat(store().find(name)).isEmpty();
    }

    @Test
    default void theEndOfUploadsLeavesTheObjectThatIsThere() throws IOException {
        var name = freshName();
        put(name, "content".getBytes(UTF_8));

        store().endUploads(name);

        assertThat(store().find(name)).isPresent();
    }

    private StoredObject put(String name, byte[] content) throws IOException {
        try (var upload = store().begin(name)) {
            upload.write(content);
            return upload.complete();
        }
    }

    private static String freshName() {
        return "contract/" + UUID.randomUUID() + "/object";
    }
}
