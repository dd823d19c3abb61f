package io.everstate.backup.objectlock;

import io.everstate.backup.store.ObjectLock;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Until when the bucket keeps which backup. A row comes behind its locks: what it says is so. */
@Singleton
public class Locks {
    private final Session session;

    Locks(Session session) {
        this.session = session;
    }

    /** By backups. */
    @Transactional
    public Map<UUID, Instant> all() {
        return session.createNativeQuery("select backup_id, locked_until from object_lock", Tuple.class)
                .addScalar("backup_id", UUID.class)
                .addScalar("locked_until", Instant.class)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.get(0, UUID.class), row -> row.get(1, Instant.class)));
    }

    @Transactional
    void locked(UUID backup, ObjectLock lock) {
        session.createNativeMutationQuery("""
                        insert into object_lock (backup_id, mode, locked_until) values (?1, ?2, ?3)
                        on conflict (backup_id) do update
                           set mode = excluded.mode, locked_until = greatest(object_lock.locked_until, excluded.locked_until)""")
                .setParameter(1, backup)
                .setParameter(2, lock.mode().name())
                .setParameter(3, lock.until())
                .executeUpdate();
    }
}
