package io.everstate.backup.archive;

import static io.everstate.backup.archive.Samples.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.everstate.backup.archive.Manifest.Chain;
import io.everstate.backup.archive.Manifest.Member;
import io.everstate.backup.archive.Manifest.Note;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedListDeserializerTest {
    /** At most three, with ten characters. */
    record Noted(@JsonDeserialize(using = Few.class) List<Note> notes) {}

    static final class Few extends NotesDeserializer {
        Few() {
            super(3, 10);
        }
    }

    private static List<Note> read(String notes) {
        return JSON.read("{\"notes\":%s}".formatted(notes).getBytes(UTF_8), Noted.class)
                .notes();
    }

    private static String notes(int count, String what) {
        return "[" + "{\"path\":\"a\",\"what\":\"%s\"},".formatted(what).repeat(count - 1)
                + "{\"path\":\"a\",\"what\":\"%s\"}]".formatted(what);
    }

    @Test
    void readsWhatIsWithinItsBounds() {
        assertThat(read("[]")).isEmpty();
        assertThat(read(notes(3, "é"))).hasSize(3).containsOnly(new Note("a", "é"));
        assertThat(read(notes(1, "123456789"))).containsExactly(new Note("a", "123456789"));
    }

    @Test
    void endsAtOneMoreAndAtMoreText() {
        assertThatThrownBy(() -> read(notes(4, ""))).hasStackTraceContaining("more than 3 notes");
        assertThatThrownBy(() -> read(notes(2, "12345"))).hasStackTraceContaining("more than 10 characters");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"{}", "\"a\"", "[null]", "[[]]", "[{\"path\":\"a\"}]", "[{\"what\":\"a\"}]", "[{\"path\":\"a\""})
    void refusesWhatIsNoListOfThem(String notes) {
        assertThatThrownBy(() -> read(notes)).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void aChainIsReadAsItWasWritten() {
        var chain = new Chain(
                List.of(new Member(Samples.ID, "backups/default/archive.tar.gz", "a".repeat(64))),
                List.of("workspace/línea\nzwei", "workspace/b"));

        assertThat(JSON.read(JSON.write(chain), Chain.class)).isEqualTo(chain);
    }
}
