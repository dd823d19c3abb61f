package io.everstate.backup.comparison;

import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/**
 * What the storage called the content of completed backups' objects when they were first compared. Objects are written once: another name for the
 * content says that somebody wrote over it.
 */
@Singleton
class SeenObjects {
    private final Session session;

    SeenObjects(Session session) {
        this.session = session;
    }

    /** Versions by objects' names. */
    @Transactional
    Map<String, String> all() {
        return session.createNativeQuery("select object, version from seen_object", Tuple.class)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.get(0, String.class), row -> row.get(1, String.class)));
    }

    @Transactional
    void add(UUID backup, String object, String version) {
        session.createNativeMutationQuery(
                        "insert into seen_object (object, version, backup_id) values (?1, ?2, ?3) on conflict do nothing")
                .setParameter(1, object)
                .setParameter(2, version)
                .setParameter(3, backup)
                .executeUpdate();
    }
}
