package io.everstate.backup.sealcheck;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.outbox.Outbox;
import io.everstate.backup.platform.Printable;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.seal.key.SigningKey;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.BackupEvent.SealsBroken;
import io.everstate.contracts.backup.SealCheckRequest;
import io.everstate.contracts.backup.SealCheckView;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The checks of chains in the database, of which one runs at a time for a workspace. */
@Singleton
public class SealChecks implements PanacheRepositoryBase<SealCheckRow, UUID> {
    private static final Logger LOG = Logger.getLogger(SealChecks.class);
    private static final Sort NEWEST_FIRST = Sort.descending("id");

    private final SealFindings findings;
    private final Workspaces workspaces;
    private final SealKeys keys;
    private final Outbox outbox;
    private final Clock clock;

    SealChecks(SealFindings findings, Workspaces workspaces, SealKeys keys, Outbox outbox, Clock clock) {
        this.findings = findings;
        this.workspaces = workspaces;
        this.keys = keys;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Of all workspaces, sizes of archives only, once for each key. One of which another check runs is left to the next call with that key.
     *
     * @param key what tells this request from the next one
     */
    public void requestAll(String by, String key) {
        workspaces.all().forEach(workspace -> requestOne(workspace.name(), by, key));
    }

    /** The same of one workspace. */
    public void requestOne(String workspace, String by, String key) {
        try {
            request(new SealCheckRequest(workspace, false, null), new Asked(by, workspace + " at " + key, key));
        } catch (ProblemException e) {
            LOG.infof("The seals of %s are to be checked later: %s", workspace, e.detail());
        }
    }

    /**
     * Begins those of all workspaces anew that were asked for by that key and failed.
     *
     * @param before they failed then or earlier
     */
    @Transactional
    public void again(String by, String key, Instant before) {
        update(
                "status = ?1, failure = null, finishedAt = null where requestedBy = ?2 and fingerprint = ?3 and status = ?4 and finishedAt <= ?5",
                Status.RUNNING,
                by,
                key,
                Status.FAILED,
                before);
    }

    /** @return its id; that of the first one for the same request with the same key */
    UUID request(SealCheckRequest wanted, Asked asked) {
        return findRepeated(asked).orElseGet(() -> {
            try {
                return add(wanted, asked);
            } catch (ConstraintViolationException e) {
                return findRepeated(asked)
                        .orElseThrow(() ->
                                new ProblemException(ProblemType.CONFLICT, "another check of this chain runs", e));
            }
        });
    }

    @Transactional
    UUID add(SealCheckRequest wanted, Asked asked) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var noted = wanted.noted();
        var row = new SealCheckRow();
        row.id = TimeOrderedUuid.at(now);
        row.workspace = wanted.workspace();
        row.status = Status.RUNNING;
        row.archives = wanted.archives() == null || wanted.archives();
        row.notedNumber = noted == null ? null : noted.number();
        row.notedSha256 = noted == null ? null : noted.sha256();
        row.requestedBy = asked.by();
        row.requestedAt = now;
        row.idempotencyKey = asked.idempotencyKey();
        row.fingerprint = asked.fingerprint();
        persist(row);
        flush();
        return row.id;
    }

    @Transactional
    Optional<UUID> findRepeated(Asked asked) {
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
                    return row.id;
                });
    }

    /** The oldest that has not ended. */
    @Transactional
    Optional<Order> running() {
        return find("status = ?1 order by id", Status.RUNNING)
                .firstResultOptional()
                .map(SealCheckRow::order);
    }

    /** One transaction: a report is whole or not there, and what is new in it is told once. */
    @Transactional
    void completed(Order order, Report report) {
        var row = findById(order.id(), LockModeType.PESSIMISTIC_WRITE);
        if (row.status != Status.RUNNING) {
            return;
        }
        row.status = Status.COMPLETED;
        row.finishedAt = clock.instant();
        row.seals = report.seals();
        row.held = report.held();
        row.removed = report.removed();
        var head = report.head();
        row.headNumber = head == null ? null : head.number();
        row.headSha256 = head == null ? null : head.sha256();
        flush();
        tell(order, findings.add(order, report.findings()));
    }

    private void tell(Order order, List<Finding> news) {
        if (!news.isEmpty()) {
            news.forEach(finding -> LOG.errorf("Backups of %s: %s", order.workspace(), words(finding)));
            var first = words(news.getFirst());
            outbox.add(new SealsBroken(order.workspace(), order.id(), news.size(), first, clock.instant()));
        }
    }

    private static String words(Finding finding) {
        return "%s %s: expected %s, found %s"
                .formatted(finding.kind(), finding.object(), finding.expected(), finding.found());
    }

    @Transactional
    void failed(Order order, String why) {
        var row = findById(order.id(), LockModeType.PESSIMISTIC_WRITE);
        if (row.status == Status.RUNNING) {
            row.status = Status.FAILED;
            row.failure = Printable.of(why);
            row.finishedAt = clock.instant();
            LOG.errorf("The seals of %s could not be checked: %s", order.workspace(), row.failure);
        }
    }

    @Transactional
    Optional<SealCheckView> findView(UUID id) {
        return findByIdOptional(id).map(this::view);
    }

    /** The newest first. */
    @Transactional
    List<SealCheckView> page(@Nullable UUID after, int limit) {
        var query = after == null ? findAll(NEWEST_FIRST) : find("id < ?1", NEWEST_FIRST, after);
        return query.page(Page.ofSize(limit)).stream().map(this::view).toList();
    }

    private SealCheckView view(SealCheckRow row) {
        var counts = findings.counts(row.id);
        return new SealCheckView(
                row.id,
                row.workspace,
                row.status,
                row.archives,
                row.requestedAt,
                row.finishedAt,
                row.head(),
                row.seals,
                row.held,
                row.removed,
                keys.own().map(SigningKey::id).orElse(null),
                counts.all(),
                counts.acknowledged(),
                findings.first(row.id),
                row.failure);
    }
}
