package io.everstate.recovery.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.contracts.recovery.RecoveryEvent;
import io.everstate.contracts.wire.EventTypes;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@Singleton
class PanacheEventOutbox implements EventOutbox, PanacheRepositoryBase<EventRow, Long> {
    private static final Map<String, Class<? extends RecoveryEvent>> EVENTS =
            EventTypes.byName(RecoveryEvent.DOMAIN, RecoveryEvent.class);

    private static final long LOCK = 0x6576_656E_7473L;

    private final JsonFormat json;

    PanacheEventOutbox(JsonFormat json) {
        this.json = json;
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public void add(RecoveryEvent event) {
        var body = new String(json.write(event), UTF_8);
        persist(new EventRow(TimeOrderedUuid.at(event.at()), event, body));
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public boolean claim() {
        return (Boolean) getEntityManager()
                .createNativeQuery("select pg_try_advisory_xact_lock(:lock)", Boolean.class)
                .setParameter("lock", LOCK)
                .getSingleResult();
    }

    @Override
    @Transactional
    public List<Waiting> oldest(int max) {
        return find("order by position").page(0, max).list().stream()
                .map(row -> new Waiting(row.id(), read(row)))
                .toList();
    }

    private RecoveryEvent read(EventRow row) {
        var type = EVENTS.get(row.type());
        if (type == null) {
            throw new UnreadableRecordException("unknown event type " + row.type(), null);
        }
        return json.read(row.body().getBytes(UTF_8), type);
    }

    @Override
    @Transactional
    public void published(UUID id) {
        delete("id", id);
    }
}
