package io.everstate.backup.sealcheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.backup.archive.Digests;
import io.everstate.backup.seal.Seal.SealedBackup;
import io.everstate.backup.store.InMemoryArchiveStore;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealedContentTest {
    private static final String ARCHIVE = "backups/default/one/archive.tar.gz";
    private static final String MANIFEST = "backups/default/one/manifest.json.gz";
    private static final byte[] CONTENT = "content".getBytes(UTF_8);
    private static final String SUM = Digests.sha256(CONTENT);
    private static final SealedBackup BACKUP =
            new SealedBackup(new UUID(1, 2), BackupKind.FULL, ARCHIVE, CONTENT.length, SUM, MANIFEST, SUM);

    private final InMemoryArchiveStore store = new InMemoryArchiveStore();
    private final SealedContent content = new SealedContent(store, true, () -> {});

    @BeforeEach
    void write() throws IOException {
        for (var name : List.of(ARCHIVE, MANIFEST)) {
            try (var upload = store.begin(name)) {
                upload.write(CONTENT);
                upload.complete();
            }
        }
    }

    @Test
    void findsNothingWhereAllIsAsItWasSealed() {
        assertThat(content.of("default", List.of(BACKUP))).isEmpty();
    }

    /** Somebody wrote over it so that nobody gets it. */
    @Test
    void namesWhatTheStorageRefusesToGive() {
        store.refuse(ARCHIVE, 400);

        assertThat(content.of("default", List.of(BACKUP)))
                .extracting(Finding::kind, Finding::object)
                .containsExactly(tuple(Kind.ARCHIVE_CHANGED, ARCHIVE));
    }

    @Test
    void saysNothingWhileTheStorageIsAway() {
        store.refuse(ARCHIVE, 503);

        assertThatThrownBy(() -> content.of("default", List.of(BACKUP))).isInstanceOf(StoreUnavailableException.class);
    }
}
