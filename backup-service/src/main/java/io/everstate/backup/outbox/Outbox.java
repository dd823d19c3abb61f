package io.everstate.backup.outbox;

import io.everstate.contracts.backup.BackupEvent;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;

/** Events are written in the transaction of the fact they tell, so neither is ever without the other. */
@Singleton
public class Outbox implements PanacheRepositoryBase<OutboxRow, Long> {
    private final JsonFormat json;

    Outbox(JsonFormat json) {
        this.json = json;
    }

    @Transactional(TxType.MANDATORY)
    public void add(BackupEvent event) {
        var row = new OutboxRow();
        row.eventId = TimeOrderedUuid.at(event.at());
        row.eventKey = event.key();
        row.type = event.eventType();
        row.data = json.write(event);
        row.at = event.at();
        persist(row);
    }

    List<OutboxRow> oldest(int count) {
        return findAll(Sort.by("position")).page(0, count).list();
    }
}
