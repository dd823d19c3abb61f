package io.everstate.backup.catalogue;

import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.StoreUnavailableException;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * What the storage called the content of backups' objects when that was read and was what was written, or, of older backups, when they were first compared.
 * Objects are written once: another name for the content says that somebody wrote over it.
 */
@Singleton
public class SeenObjects {
    private static final Logger LOG = Logger.getLogger(SeenObjects.class);

    private final Session session;
    private final ArchiveStore store;

    SeenObjects(Session session, ArchiveStore store) {
        this.session = session;
        this.store = store;
    }

    /** Versions by objects' names. */
    @Transactional
    public Map<String, String> all() {
        return session.createNativeQuery("select object, version from seen_object", Tuple.class)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.get(0, String.class), row -> row.get(1, String.class)));
    }

    /** Unless there is one already. */
    @Transactional
    public void add(UUID backup, String object, String version) {
        session.createNativeMutationQuery(
                        "insert into seen_object (object, version, backup_id) values (?1, ?2, ?3) on conflict do nothing")
                .setParameter(1, object)
                .setParameter(2, version)
                .setParameter(3, backup)
                .executeUpdate();
    }

    /**
     * The versions of a backup's objects that are listed now and are also those that are read. To be asked before they are read: what is written over later has
     * another one. Without those of which a listing says nothing, or has another than is read; none
     * where the storage does not list: no backup fails for it, and the first comparison notes what is there then.
     */
    public Map<String, String> listed(StoredArchive archive) {
        try {
            return readable(archive);
        } catch (StoreUnavailableException e) {
            LOG.warnf("What the storage calls %s is not known: %s", archive.objectName(), e.detail());
            return Map.of();
        }
    }

    private Map<String, String> readable(StoredArchive archive) {
        var name = archive.objectName();
        var directory = name.substring(0, name.lastIndexOf('/') + 1);
        var versions = new HashMap<String, String>();
        for (var object : store.objects(directory, directory)) {
            var ours = object.name().equals(name) || object.name().equals(archive.manifestName());
            if (ours
                    && store.find(object.name())
                            .filter(read -> read.version().equals(object.version()))
                            .isPresent()) {
                versions.put(object.name(), object.version());
            }
        }
        return versions;
    }

    /** Both objects were read since, and are what was written: whatever was known before counts no more. */
    @Transactional
    public void wellAs(UUID backup, Map<String, String> versions) {
        versions.forEach((object, version) -> session.createNativeMutationQuery(
                        "insert into seen_object (object, version, backup_id) values (?1, ?2, ?3) on conflict (object) do update set version = excluded.version")
                .setParameter(1, object)
                .setParameter(2, version)
                .setParameter(3, backup)
                .executeUpdate());
    }
}
