package io.everstate.backup.catalogue;

import io.everstate.contracts.backup.BackupView.Status;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the catalogue says of objects in the bucket. */
@Singleton
public class Holdings implements PanacheRepositoryBase<BackupRow, UUID> {

    /** What is to be in the bucket of a backup. */
    public enum Fate {
        /** Its objects are wanted, or whoever works on them decides. */
        HELD,
        /** It failed and was swept, or was given up and deleted: nothing of it is to be there. */
        GONE
    }

    @Transactional
    public Map<UUID, Fate> fates() {
        return findAll().stream().collect(Collectors.toMap(row -> row.id, Holdings::fate));
    }

    /** Empty when there is no such backup. */
    @Transactional
    public Optional<Fate> fate(UUID id) {
        return findByIdOptional(id).map(Holdings::fate);
    }

    private static Fate fate(BackupRow row) {
        var swept = row.status == Status.FAILED && row.swept;
        return swept || row.status == Status.DELETED ? Fate.GONE : Fate.HELD;
    }

    /** Completed backups: both objects of each have to be in the bucket. */
    @Transactional
    public List<Backup.Completed> completed() {
        return list("status = ?1 order by id", Status.COMPLETED).stream()
                .map(row -> (Backup.Completed) row.backup())
                .toList();
    }

    @Transactional
    public boolean isCompleted(UUID id) {
        return count("id = ?1 and status = ?2", id, Status.COMPLETED) == 1;
    }
}
