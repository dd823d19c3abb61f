package io.everstate.backup.objectlock;

import io.everstate.backup.store.WrittenVersions;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.hibernate.Session;

/** Written before the row of the backup says that its object is there. */
@Singleton
class VersionRows implements WrittenVersions {
    private final Session session;

    VersionRows(Session session) {
        this.session = session;
    }

    @Override
    @Transactional
    public Optional<String> of(String object) {
        return Optional.ofNullable(
                session.createNativeQuery("select version from written_version where object = ?1", String.class)
                        .setParameter(1, object)
                        .getSingleResultOrNull());
    }

    @Override
    @Transactional
    public void wrote(String object, String version) {
        session.createNativeMutationQuery("""
                        insert into written_version (object, version) values (?1, ?2)
                        on conflict (object) do update set version = excluded.version""")
                .setParameter(1, object)
                .setParameter(2, version)
                .executeUpdate();
    }

    @Override
    @Transactional
    public void forget(String object) {
        session.createNativeMutationQuery("delete from written_version where object = ?1")
                .setParameter(1, object)
                .executeUpdate();
    }
}
