package io.everstate.backup.kit;

import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Chains;
import io.everstate.backup.catalogue.Proofs;
import io.everstate.backup.kit.RestorePoint.Choice;
import io.everstate.backup.kit.RestorePoint.Member;
import io.everstate.backup.store.WrittenVersions;
import io.everstate.contracts.backup.BackupKind;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which backups of a workspace somebody would restore who knows nothing yet: the newest that a drill restored, and the newest that was read back. */
@Singleton
class RestorePoints {
    private static final Comparator<Completed> NEWEST_FIRST =
            Comparator.comparing((Completed backup) -> backup.head().id()).reversed();

    private final Proofs proofs;
    private final Chains chains;
    private final WrittenVersions versions;

    RestorePoints(Proofs proofs, Chains chains, WrittenVersions versions) {
        this.proofs = proofs;
        this.chains = chains;
        this.versions = versions;
    }

    /** The proven one first; one alone where it is also the newest. */
    @Transactional
    List<RestorePoint> of(String workspace) {
        var points = new ArrayList<RestorePoint>();
        proofs.newestProvenWhole(workspace)
                .flatMap(proven -> point(Choice.PROVEN, proven))
                .ifPresent(points::add);
        Stream.of(BackupKind.FULL, BackupKind.INCREMENTAL)
                .flatMap(kind -> proofs.newest(workspace, kind).stream())
                .sorted(NEWEST_FIRST)
                .flatMap(newest -> point(Choice.NEWEST, newest).stream())
                .findFirst()
                .filter(newest -> points.stream()
                        .noneMatch(known -> known.backup()
                                .head()
                                .id()
                                .equals(newest.backup().head().id())))
                .ifPresent(points::add);
        return points;
    }

    /** Empty when something that it needs is no backup any more. */
    private Optional<RestorePoint> point(Choice choice, Completed backup) {
        List<Backup> members = chains.of(backup.head().id());
        var chain = members.stream()
                .filter(Completed.class::isInstance)
                .map(Completed.class::cast)
                .map(good -> new Member(good, versions.of(good.archive().objectName())))
                .toList();
        return chain.size() == backup.head().link().position() + 1
                ? Optional.of(new RestorePoint(choice, chain))
                : Optional.empty();
    }
}
