package io.everstate.backup.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.InMemoryArchiveStore;
import io.everstate.backup.store.UnlistedStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

class SeenObjectsTest {
    private static final String ARCHIVE = "backups/default/a/archive.tar.gz";
    private static final String MANIFEST = "backups/default/a/manifest.json";
    private static final StoredArchive STORED = new StoredArchive(ARCHIVE, MANIFEST, 7, "", "", "", 1);

    private static SeenObjects seen(ArchiveStore store) {
        var unused = (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (_, method, _) -> {
                    throw new AssertionError(method + " is not needed");
                });
        return new SeenObjects(unused, store);
    }

    private static ArchiveStore store() throws IOException {
        var store = new InMemoryArchiveStore();
        for (var name : List.of(ARCHIVE, MANIFEST, "backups/default/a/other")) {
            try (var upload = store.begin(name, 7)) {
                upload.write("content".getBytes(StandardCharsets.UTF_8));
                upload.complete();
            }
        }
        return store;
    }

    @Test
    void knowsWhatTheStorageCallsBothObjects() throws IOException {
        assertThat(seen(store()).listed(STORED)).containsOnlyKeys(ARCHIVE, MANIFEST);
    }

    @Test
    void knowsNothingWhereTheStorageDoesNotList() throws IOException {
        assertThat(seen(UnlistedStore.of(store())).listed(STORED)).isEmpty();
    }
}
