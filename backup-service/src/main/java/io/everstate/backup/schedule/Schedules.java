package io.everstate.backup.schedule;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cron expressions that hold: what was said by REST, and the configuration's where nothing was. */
@Singleton
class Schedules implements PanacheRepositoryBase<ScheduleRow, String> {
    private static final String BEGIN =
            "insert into schedule (id, workspace, kind) values (:id, :workspace, :kind) on conflict do nothing";

    private final ScheduleConfiguration configuration;
    private final Clock clock;

    /** @throws IllegalArgumentException with its key when one of the configuration is none */
    Schedules(ScheduleConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        configuration.cron().keySet().forEach(this::configured);
    }

    private List<CronSchedule> configured(String workspace) {
        return configuration.cron().getOrDefault(workspace, new TreeMap<>()).entrySet().stream()
                .map(entry -> configured(workspace, entry.getKey(), entry.getValue()))
                .toList();
    }

    private CronSchedule configured(String workspace, BackupKind kind, String expression) {
        try {
            return CronSchedule.of(
                    workspace, kind, expression, configuration.zone(), configuration.jitter(), "the configuration");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "everstate.schedule.cron.%s: %s is no cron expression of five fields: %s"
                            .formatted(workspace, expression, e.getMessage()),
                    e);
        }
    }

    /** Those of a workspace, in the order of the kinds. */
    @Transactional
    List<CronSchedule> of(String workspace) {
        var byKind = new TreeMap<BackupKind, CronSchedule>();
        Stream.concat(configured(workspace).stream(), said(workspace))
                .forEach(schedule -> byKind.put(schedule.kind(), schedule));
        return List.copyOf(byKind.values());
    }

    @Transactional
    Optional<CronSchedule> find(String workspace, BackupKind kind) {
        return of(workspace).stream()
                .filter(schedule -> schedule.kind() == kind)
                .findFirst();
    }

    private Stream<CronSchedule> said(String workspace) {
        return list("workspace = ?1 and cron is not null", workspace).stream()
                .map(row -> CronSchedule.of(
                        row.workspace,
                        row.kind,
                        Objects.requireNonNull(row.cron),
                        ZoneId.of(Objects.requireNonNull(row.zone)),
                        configuration.jitter(),
                        Objects.requireNonNull(row.changedBy)));
    }

    /** 0 before the first change. */
    @Transactional
    long version(String workspace, BackupKind kind) {
        return findByIdOptional(id(workspace, kind)).map(row -> row.version).orElse(0L);
    }

    /** Held until the transaction ends; of several replicas one goes on. */
    @Transactional(TxType.MANDATORY)
    ScheduleRow locked(String workspace, BackupKind kind) {
        var id = id(workspace, kind);
        getEntityManager()
                .createNativeQuery(BEGIN)
                .setParameter("id", id)
                .setParameter("workspace", workspace)
                .setParameter("kind", kind.name())
                .executeUpdate();
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * What is past then is not made up for.
     *
     * @param schedule null = the configuration counts again
     * @throws ProblemException PRECONDITION_FAILED when it is of another version by now
     */
    @Transactional
    void change(String workspace, BackupKind kind, long version, @Nullable CronSchedule schedule, String by) {
        var row = locked(workspace, kind);
        if (row.version != version) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED, "the schedule is of version %d by now".formatted(row.version));
        }
        row.version = version + 1;
        row.cron = schedule == null ? null : schedule.expression();
        row.zone = schedule == null ? null : schedule.zone().getId();
        row.changedBy = by;
        row.countedBy = schedule == null ? null : schedule.said();
        row.lastTime = clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String id(String workspace, BackupKind kind) {
        return workspace + ":" + kind;
    }
}
