package io.everstate.backup.watch;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.StorageView.Backups;
import io.everstate.contracts.backup.StorageView.Ended;
import io.everstate.contracts.backup.StorageView.Segments;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** What the catalogue says is in the bucket; the bucket is not asked, which for a million segments takes a thousand calls. */
@Singleton
class StorageUse {
    private static final String BACKUPS = """
            select workspace, kind, count(*), coalesce(sum(archive_bytes), 0) from backup
             where archive_bytes is not null and status <> 'DELETED' and not (status = 'FAILED' and swept)
             group by workspace, kind order by workspace, kind""";
    private static final String SEGMENTS = """
            select count(*), coalesce(sum(bytes), 0)
              from (select bytes from segment where status <> 'LOST' union all select bytes from joined_segment) there""";
    private static final String GROWN = """
            select coalesce((select sum(archive_bytes) from backup where requested_at > :since), 0)
                 - coalesce((select sum(archive_bytes) from backup where finished_at > :since
                              and (status = 'DELETED' or (status = 'FAILED' and swept))), 0)
                 + coalesce((select sum(bytes) from segment where stored_at > :since), 0)""";
    private static final String OLDEST = """
            select least((select min(requested_at) from backup where archive_bytes is not null),
                         (select min(stored_at) from segment))""";
    private static final String ENDED = """
            select count(*) filter (where status in ('COMPLETED', 'EXPIRED', 'DELETED')),
                   count(*) filter (where status in ('FAILED', 'CORRUPTED')) from backup
             where requested_at > :since""";

    private final Session session;

    StorageUse(Session session) {
        this.session = session;
    }

    @Transactional
    List<Backups> backups() {
        return session.createNativeQuery(BACKUPS, Tuple.class)
                .getResultStream()
                .map(row -> new Backups(
                        row.get(0, String.class),
                        BackupKind.valueOf(row.get(1, String.class)),
                        number(row, 2),
                        number(row, 3)))
                .toList();
    }

    @Transactional
    Segments segments() {
        var row = session.createNativeQuery(SEGMENTS, Tuple.class).getSingleResult();
        return new Segments(number(row, 0), number(row, 1));
    }

    /** When the first of what is stored, or was, came. */
    @Transactional
    Optional<Instant> oldest() {
        return Optional.ofNullable(
                session.createNativeQuery(OLDEST, Instant.class).getSingleResultOrNull());
    }

    /** How many bytes came since, less what was removed since. */
    @Transactional
    long grown(Instant since) {
        return number(
                session.createNativeQuery(GROWN, Tuple.class)
                        .setParameter("since", since)
                        .getSingleResult(),
                0);
    }

    /** Backups that were asked for in the last days and ended. */
    @Transactional
    Ended ended(int days, Instant now) {
        var row = session.createNativeQuery(ENDED, Tuple.class)
                .setParameter("since", now.minus(Duration.ofDays(days)))
                .getSingleResult();
        var completed = number(row, 0);
        var failed = number(row, 1);
        return new Ended(
                days, completed, failed, completed + failed == 0 ? null : (double) completed / (completed + failed));
    }

    private static long number(Tuple row, int column) {
        return row.get(column, Number.class).longValue();
    }
}
