package io.everstate.backup.catalogue;

import io.everstate.contracts.backup.InspectionView.Condition;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Where the newest good copies of watched files are; answers without the bucket. */
@Singleton
public class WatchedFiles {
    private static final String NEWEST_GOOD = """
            select distinct on (f.path) f.backup_id, f.path, f.size, f.sha256
              from watched_file f join backup b on b.id = f.backup_id
             where b.workspace = :workspace and b.status = 'COMPLETED' and f.condition = 'OK'
             order by f.path, f.backup_id desc""";
    private static final String NEWEST_BACKUP = """
            select b.id from backup b
             where b.workspace = :workspace and b.status = 'COMPLETED' and not b.safety
               and not exists (select 1 from watched_file f where f.backup_id = b.id and f.condition <> 'OK')
             order by b.id desc limit 1""";

    private final Session session;

    WatchedFiles(Session session) {
        this.session = session;
    }

    @Transactional(TxType.MANDATORY)
    void add(List<WatchedFile> files) {
        for (var file : files) {
            session.createNativeMutationQuery(
                            "insert into watched_file (backup_id, path, size, sha256, condition) values (?1, ?2, ?3, ?4, ?5)")
                    .setParameter(1, file.backupId())
                    .setParameter(2, file.path())
                    .setParameter(3, file.size())
                    .setParameter(4, file.sha256())
                    .setParameter(5, file.condition().name())
                    .executeUpdate();
        }
    }

    /** By path. */
    @Transactional
    public Map<String, WatchedFile> newestGood(String workspace) {
        return session.createNativeQuery(NEWEST_GOOD, Tuple.class)
                .setParameter("workspace", workspace)
                .getResultStream()
                .map(row -> new WatchedFile(
                        row.get(0, UUID.class),
                        row.get(1, String.class),
                        row.get(2, Number.class).longValue(),
                        row.get(3, String.class),
                        Condition.OK))
                .collect(Collectors.toMap(WatchedFile::path, Function.identity()));
    }

    /** The newest verified backup that was taken for its own sake and in which no watched file was broken. */
    @Transactional
    public Optional<UUID> newestBackup(String workspace) {
        return session.createNativeQuery(NEWEST_BACKUP, UUID.class)
                .setParameter("workspace", workspace)
                .getResultStream()
                .findFirst();
    }
}
