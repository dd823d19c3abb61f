package io.everstate.backup.restore;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.outbox.Outbox;
import io.everstate.contracts.backup.BackupEvent.BackupRestored;
import io.everstate.contracts.backup.RestoreReport;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RestoreView.Status;
import io.everstate.contracts.backup.RestoreView.Step;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The restores in the database; each change is one transaction and happens only under the restore's fence. */
@Singleton
class Restores implements PanacheRepositoryBase<RestoreRow, UUID> {
    private static final Sort NEWEST_FIRST = Sort.descending("id");
    private static final String CHANGING = """
            select r.id, r.status, r.backupId, r.safetyBackupId, r.finishedAt, r.options from RestoreRow r
             where r.workspace = :workspace and r.status in :statuses order by r.id desc""";

    private final FreshBackups freshBackups;
    private final Outbox outbox;
    private final JsonFormat json;
    private final Clock clock;

    Restores(FreshBackups freshBackups, Outbox outbox, JsonFormat json, Clock clock) {
        this.freshBackups = freshBackups;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    @Transactional
    void add(RestoreOrder order, Asked asked, Instant at) {
        var row = new RestoreRow();
        row.id = order.id();
        row.backupId = order.backupId();
        row.workspace = order.workspace();
        row.paths = order.paths() == null ? null : text(order.paths());
        row.status = Status.RUNNING;
        row.step = Step.WAITING;
        row.requestedBy = asked.by();
        row.requestedAt = at;
        row.idempotencyKey = asked.idempotencyKey();
        row.fingerprint = asked.fingerprint();
        row.files = "[]";
        row.options = text(order.options());
        row.report = text(RestoreReport.EMPTY);
        persist(row);
        flush();
    }

    /** @throws ProblemException CONFLICT when the key was used for another request */
    @Transactional
    Optional<RestoreView> findRepeated(Asked asked) {
        if (asked.idempotencyKey() == null) {
            return Optional.empty();
        }
        return find("requestedBy = ?1 and idempotencyKey = ?2", asked.by(), asked.idempotencyKey())
                .firstResultOptional()
                .map(row -> {
                    if (!asked.equals(new Asked(row.requestedBy, row.idempotencyKey, row.fingerprint))) {
                        throw new ProblemException(
                                ProblemType.CONFLICT, "the Idempotency-Key was used for another request");
                    }
                    return view(row);
                });
    }

    @Transactional
    Set<String> workspacesWithUnfinished() {
        return new HashSet<>(find("select distinct workspace from RestoreRow where status = ?1", Status.RUNNING)
                .project(String.class)
                .list());
    }

    @Transactional
    Optional<UUID> nextWaiting(String workspace) {
        return find("workspace = ?1 and status = ?2 and fence is null order by id", workspace, Status.RUNNING)
                .firstResultOptional()
                .map(row -> row.id);
    }

    /** @throws UnreadableRecordException when what is stored is no order */
    @Transactional
    RestoreOrder order(UUID id) {
        var row = findById(id);
        var paths = row.paths == null ? null : list(row.paths);
        return new RestoreOrder(row.id, row.backupId, row.workspace, paths, options(row));
    }

    @Transactional
    boolean knows(UUID id, String workspace) {
        return count("id = ?1 and workspace = ?2", id, workspace) > 0;
    }

    /** Those that run under another lease than this one; the holder of the workspace's lease knows that they ended. */
    @Transactional
    List<UUID> interrupted(String workspace, long fence) {
        return list("workspace = ?1 and status = ?2 and fence <> ?3", workspace, Status.RUNNING, fence).stream()
                .map(row -> row.id)
                .toList();
    }

    /** Whether what it will have restored is settled. */
    @Transactional
    boolean isPrepared(UUID id) {
        return findById(id).step == Step.SWAPPING;
    }

    /** From now on it runs under this fence, whatever it ran under before: only the holder of the workspace's lease calls it. */
    @Transactional
    void take(UUID id, long fence) {
        locked(id, null).fence = fence;
    }

    /** In bytes of the archives that it reads, as they are stored. */
    @Transactional
    void progress(UUID id, long fence, long bytesDone, long bytesTotal) {
        var row = locked(id, fence);
        row.bytesDone = bytesDone;
        row.bytesTotal = bytesTotal;
    }

    @Transactional
    void step(UUID id, long fence, Step step) {
        locked(id, fence).step = step;
    }

    /** What it has found out so far. */
    @Transactional
    void report(UUID id, long fence, RestoreReport report) {
        locked(id, fence).report = text(report);
    }

    /** What it will have restored, and what there is to go back to; written before the first change. */
    @Transactional
    void prepared(UUID id, long fence, @Nullable UUID safetyBackupId, List<String> files) {
        var row = locked(id, fence);
        row.safetyBackupId = safetyBackupId;
        row.files = text(files);
        row.step = Step.SWAPPING;
    }

    /**
     * With its event, and with the request for a backup of what it left, if files of the workspace were changed.
     *
     * @return PARTIAL when something was lost in a damaged archive, else COMPLETED
     */
    @Transactional
    Status completed(UUID id, long fence) {
        var row = locked(id, fence);
        var options = options(row);
        var report = read(row.report, RestoreReport.class);
        var status = report.damage().isEmpty() && report.lost().isEmpty() ? Status.COMPLETED : Status.PARTIAL;
        end(row, status, null);
        if (!options.dryRun() && options.to() == null) {
            changed(row, options, report);
        }
        return status;
    }

    private void changed(RestoreRow row, RestoreOptions options, RestoreReport report) {
        var all = row.paths == null && options.categories().isEmpty();
        row.freshBackupId = freshBackups
                .requestAfter(row.id, row.backupId, row.workspace, all)
                .orElse(null);
        var validation = report.validation();
        outbox.add(new BackupRestored(
                row.backupId,
                row.workspace,
                row.id,
                row.safetyBackupId,
                list(row.files).size(),
                clock.instant(),
                validation == null ? null : some(validation.findings().size()),
                some(report.lost().size())));
    }

    private static @Nullable Integer some(int count) {
        return count == 0 ? null : count;
    }

    @Transactional
    void failed(UUID id, long fence, Status status, String why) {
        end(locked(id, fence), status, why);
    }

    private void end(RestoreRow row, Status status, @Nullable String why) {
        row.status = status;
        row.failure = why;
        row.finishedAt = clock.instant();
    }

    private RestoreRow locked(UUID id, @Nullable Long fence) {
        var row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.status != Status.RUNNING || (fence != null && !fence.equals(row.fence))) {
            throw new LeaseLostException("restore:" + id);
        }
        return row;
    }

    @Transactional
    Optional<RestoreView> findView(UUID id) {
        return findByIdOptional(id).map(this::view);
    }

    /**
     * A restore that changed files of its workspace, or is about to.
     *
     * @param safetyBackupId null until it has one
     * @param finishedAt null until it is over
     */
    record Changing(
            UUID id,
            Status status,
            UUID backupId,
            @Nullable UUID safetyBackupId,
            @Nullable Instant finishedAt,
            RestoreOptions options) {
        boolean takesBack(UUID restore) {
            return restore.equals(options.rollbackOf());
        }
    }

    /** The newest first. One that cannot be read never began. */
    @Transactional
    List<Changing> changing(String workspace) {
        return getEntityManager()
                .createQuery(CHANGING, Tuple.class)
                .setParameter("workspace", workspace)
                .setParameter("statuses", List.of(Status.RUNNING, Status.COMPLETED, Status.PARTIAL))
                .getResultStream()
                .map(this::changing)
                .filter(restore ->
                        !restore.options().dryRun() && restore.options().to() == null)
                .toList();
    }

    private Changing changing(Tuple row) {
        return new Changing(
                row.get(0, UUID.class),
                row.get(1, Status.class),
                row.get(2, UUID.class),
                row.get(3, UUID.class),
                row.get(4, Instant.class),
                read(row.get(5, String.class), RestoreOptions.class));
    }

    /** The newest first. */
    @Transactional
    List<RestoreView> page(@Nullable UUID after, int limit) {
        var query = after == null ? findAll(NEWEST_FIRST) : find("id < ?1", NEWEST_FIRST, after);
        return query.page(Page.ofSize(limit)).stream().map(this::view).toList();
    }

    private RestoreView view(RestoreRow row) {
        return row.view(
                list(row.files),
                read(row.report, RestoreReport.class),
                options(row),
                freshBackups.view(row.freshBackupId));
    }

    private RestoreOptions options(RestoreRow row) {
        return read(row.options, RestoreOptions.class);
    }

    private <T> T read(String text, Class<T> type) {
        return json.read(text.getBytes(StandardCharsets.UTF_8), type);
    }

    private String text(Object value) {
        return new String(json.write(value), StandardCharsets.UTF_8);
    }

    private List<String> list(String text) {
        var values = Arrays.asList(read(text, String[].class));
        if (values.contains(null)) {
            throw new UnreadableRecordException("a path is null", null);
        }
        return List.copyOf(values);
    }
}
