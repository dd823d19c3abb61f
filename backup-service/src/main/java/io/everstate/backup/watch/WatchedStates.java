package io.everstate.backup.watch;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Optional;

/** The states that were told last. Whoever tells of a change holds the row until its event is written: of several replicas one tells. */
@Singleton
class WatchedStates implements PanacheRepositoryBase<WatchedStateRow, String> {
    private static final String BEGIN =
            "insert into watched_state (subject, state, since) values (:subject, :state, :since) on conflict do nothing";

    /** @param state that it is in when it was never looked at before, since now */
    @Transactional(TxType.MANDATORY)
    WatchedStateRow locked(String subject, String state, Instant now) {
        getEntityManager()
                .createNativeQuery(BEGIN)
                .setParameter("subject", subject)
                .setParameter("state", state)
                .setParameter("since", now)
                .executeUpdate();
        return findById(subject, LockModeType.PESSIMISTIC_WRITE);
    }

    @Transactional
    Optional<String> state(String subject) {
        return findByIdOptional(subject).map(row -> row.state);
    }
}
