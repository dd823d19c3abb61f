package io.everstate.backup.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.backup.catalogue.BackupHead;
import io.everstate.backup.catalogue.Link;
import io.everstate.backup.catalogue.StoredArchive;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadOrderTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

    private static Found found(int hour, String workspace, BackupKind kind, boolean safety, @Nullable Found base) {
        var at = BEGIN.plusSeconds(3600L * hour);
        var link = base == null
                ? new Link(null, 0, null)
                : new Link(base.head().id(), base.head().link().position() + 1, null);
        var head = new BackupHead(TimeOrderedUuid.at(at), workspace, kind, "", safety, at, "tar.gz", link);
        return new Found(head, new StoredArchive("archive", "manifest", 1, "sum", "sum", "sum", 1));
    }

    private static Found alone(int hour, String workspace, BackupKind kind) {
        return found(hour, workspace, kind, false, null);
    }

    @Test
    void beginsWithTheNewestFullOfEachWorkspace() {
        var oldest = alone(1, "one", BackupKind.FULL);
        var full = alone(2, "one", BackupKind.FULL);
        var safety = found(3, "one", BackupKind.FULL, true, null);
        var newest = alone(4, "one", BackupKind.CONFIG_ONLY);
        var other = alone(0, "two", BackupKind.FULL);

        assertThat(ReadOrder.of(List.of(oldest, full, safety, newest, other)))
                .containsExactly(full, other, newest, safety, oldest);
    }

    @Test
    void putsEachBehindWhatItIsBuiltUpon() {
        var older = alone(1, "one", BackupKind.FULL);
        var first = found(2, "one", BackupKind.INCREMENTAL, false, older);
        var second = found(3, "one", BackupKind.INCREMENTAL, false, first);
        var full = alone(4, "one", BackupKind.FULL);
        var upon = found(5, "one", BackupKind.INCREMENTAL, false, full);

        assertThat(ReadOrder.of(List.of(older, first, second, full, upon)))
                .containsExactly(full, upon, older, first, second);
    }

    @Test
    void needsNoBaseThatIsReadAlready() {
        var read = alone(1, "one", BackupKind.FULL);
        var upon = found(2, "one", BackupKind.INCREMENTAL, false, read);

        assertThat(ReadOrder.of(List.of(upon))).containsExactly(upon);
    }
}
