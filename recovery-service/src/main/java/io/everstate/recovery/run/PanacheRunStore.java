package io.everstate.recovery.run;

import io.everstate.contracts.wire.JsonFormat;
import io.everstate.recovery.alert.AlertOutbox;
import io.everstate.recovery.event.EventOutbox;
import io.everstate.recovery.run.Run.Running;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whoever opens disasters or claims runs first takes one lock of the database, so that replicas do it one after the other. */
@Singleton
class PanacheRunStore implements RunStore, PanacheRepositoryBase<RunRow, UUID> {
    private static final long LOCK = 0x5245434f56455259L;

    private final EntityManager database;
    private final EventOutbox events;
    private final AlertOutbox alerts;
    private final RunJson json;

    PanacheRunStore(EntityManager database, EventOutbox events, AlertOutbox alerts, JsonFormat json) {
        this.database = database;
        this.events = events;
        this.alerts = alerts;
        this.json = new RunJson(json);
    }

    @Override
    @Transactional
    public boolean open(Running run, Announcement announcement, Instant failedSince) {
        lock();
        var disaster = run.disaster();
        var known = count(
                "disaster.type = ?1 and disaster.subject = ?2 and (disaster.endedAt is null"
                        + " or (disaster.recovered = false and disaster.endedAt >= ?3))",
                disaster.type(),
                disaster.subject(),
                failedSince);
        if (known > 0) {
            return false;
        }
        persist(new RunRow(run, json));
        announce(announcement);
        return true;
    }

    @Override
    @Transactional
    public Optional<Claim> claim(String owner, Instant now, Duration expiry) {
        if (count("status", RunRow.Status.RUNNING) == 0) {
            return Optional.empty();
        }
        lock();
        return find("status = ?1 order by severity desc, startedAt, id", RunRow.Status.RUNNING)
                .page(0, 1)
                .firstResultOptional()
                .filter(row -> !row.isHeldByAnother(owner, now, expiry))
                .map(row -> claim(row, owner, now));
    }

    private Claim claim(RunRow row, String owner, Instant now) {
        var idle = row.claim(owner, now);
        return new Claim(row.running(json), row.fence(), idle);
    }

    @Override
    @Transactional
    public void save(Run run, long fence, Instant now, Announcement announcement) {
        var row = findById(run.id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.fence() != fence || !row.isRunning()) {
            throw new LeaseLostException(run.id());
        }
        row.update(run, now, json);
        announce(announcement);
    }

    @Override
    @Transactional
    public Optional<Run> find(UUID id) {
        return findByIdOptional(id).map(row -> row.run(json));
    }

    @Override
    @Transactional
    public List<Run> newest(int max, @Nullable UUID before) {
        var query = before == null ? find("order by id desc") : find("id < ?1 order by id desc", before);
        return query.page(0, max).list().stream().map(row -> row.run(json)).toList();
    }

    @Override
    @Transactional
    public List<Running> open() {
        return find("status = ?1 order by id", RunRow.Status.RUNNING).list().stream()
                .map(row -> row.running(json))
                .toList();
    }

    private void lock() {
        database.createNativeQuery("select 1 from pg_advisory_xact_lock(:key)", Integer.class)
                .setParameter("key", LOCK)
                .getSingleResult();
    }

    private void announce(Announcement announcement) {
        announcement.events().forEach(events::add);
        announcement.alerts().forEach(alerts::add);
    }
}
