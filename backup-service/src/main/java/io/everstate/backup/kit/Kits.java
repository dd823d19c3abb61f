package io.everstate.backup.kit;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Chains;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.RecoveryKitStatusView;
import io.everstate.contracts.backup.RecoveryKitStatusView.Kept;
import io.everstate.contracts.backup.RecoveryKitStatusView.State;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The kits that people said they keep, and whether the newest is of use. */
@Singleton
public class Kits implements PanacheRepositoryBase<KitRow, String> {
    private final Catalogue catalogue;
    private final Workspaces workspaces;
    private final KitConfiguration configuration;
    private final Clock clock;

    Kits(Catalogue catalogue, Workspaces workspaces, KitConfiguration configuration, Clock clock) {
        this.catalogue = catalogue;
        this.workspaces = workspaces;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Known by its sum: said twice is said once, and the later place counts. */
    @Transactional
    void keep(String sha256, Instant madeAt, Set<UUID> backups, String keptBy, String place) {
        var row = findByIdOptional(sha256).orElseGet(() -> added(sha256, madeAt, backups));
        row.keptAt = clock.instant();
        row.keptBy = keptBy;
        row.place = place;
        persist(row);
    }

    private static KitRow added(String sha256, Instant madeAt, Set<UUID> backups) {
        var row = new KitRow();
        row.sha256 = sha256;
        row.madeAt = madeAt;
        row.backups = Set.copyOf(backups);
        return row;
    }

    @Transactional
    public RecoveryKitStatusView status() {
        var newest = find("order by madeAt desc, sha256").firstResultOptional();
        var tooOldAfter = configuration.tooOldAfter();
        if (newest.isEmpty()) {
            return new RecoveryKitStatusView(State.NONE, "nobody said that one is kept", tooOldAfter.toSeconds(), null);
        }
        var row = newest.get();
        var age = Duration.between(row.madeAt, clock.instant());
        var why = wrong(row, age);
        return new RecoveryKitStatusView(
                why.isPresent() ? State.OLD : State.OK,
                why.orElse(null),
                tooOldAfter.toSeconds(),
                new Kept(
                        row.sha256,
                        row.madeAt,
                        row.keptAt,
                        row.keptBy,
                        row.place,
                        age.toSeconds(),
                        row.backups.stream().sorted().toList()));
    }

    private Optional<String> wrong(KitRow row, Duration age) {
        if (age.compareTo(configuration.tooOldAfter()) > 0) {
            return Optional.of("it is older than " + configuration.tooOldAfter());
        }
        return gone(row).or(() -> missing(row));
    }

    private Optional<String> gone(KitRow row) {
        return row.backups.stream()
                .sorted()
                .filter(id -> catalogue
                        .findBackup(id)
                        .filter(Completed.class::isInstance)
                        .isEmpty())
                .findFirst()
                .map("it leads to backup %s, which is none any more"::formatted);
    }

    /** A workspace of which nothing whole comes back by it: it came later, or had no backup yet. */
    private Optional<String> missing(KitRow row) {
        var held = row.backups.stream()
                .flatMap(id -> catalogue.findBackup(id).stream())
                .filter(backup -> Chains.WHOLE.contains(backup.head().kind()))
                .map(backup -> backup.head().workspace())
                .collect(Collectors.toSet());
        return workspaces.all().stream()
                .map(Workspace::name)
                .filter(name -> !held.contains(name))
                .findFirst()
                .map("it has nothing to restore workspace %s from"::formatted);
    }
}
