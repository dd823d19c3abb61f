package io.everstate.recovery.alert;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Timeouts;
import org.jspecify.annotations.Nullable;

@Singleton
class PanacheAlertOutbox implements AlertOutbox, PanacheRepositoryBase<AlertRow, UUID> {

    @Override
    @Transactional(TxType.MANDATORY)
    public void add(Alert alert) {
        if (alert.sourceEvent() == null || count("sourceEvent", alert.sourceEvent()) == 0) {
            persist(new AlertRow(alert));
        }
    }

    @Override
    @Transactional
    public Optional<Taken> take(Instant now, Instant hiddenUntil) {
        return find("delivery = ?1 and dueAt <= ?2 order by dueAt, raisedAt", AlertRow.State.WAITING, now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .withHint("jakarta.persistence.lock.timeout", Timeouts.SKIP_LOCKED_MILLI)
                .page(0, 1)
                .firstResultOptional()
                .map(row -> row.taken(hiddenUntil));
    }

    @Override
    @Transactional
    public void update(UUID id, Delivery delivery) {
        findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).ifPresent(row -> row.update(delivery));
    }

    @Override
    @Transactional
    public List<Kept> newest(int max, @Nullable UUID before) {
        var query = before == null ? find("order by id desc") : find("id < ?1 order by id desc", before);
        return query.page(0, max).list().stream().map(AlertRow::kept).toList();
    }

    @Override
    @Transactional
    public long waiting() {
        return count("delivery", AlertRow.State.WAITING);
    }
}
