package io.everstate.backup.verification;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Proofs;
import io.everstate.backup.catalogue.SeenObjects;
import io.everstate.backup.verification.DeepRead.Outcome;
import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Result;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What came of the archives that were read, and what that means for the catalogue: both, or neither. */
@Singleton
class Findings implements PanacheRepositoryBase<FindingRow, Long> {
    private final Proofs proofs;
    private final Catalogue catalogue;
    private final SeenObjects seen;
    private final Clock clock;

    Findings(Proofs proofs, Catalogue catalogue, SeenObjects seen, Clock clock) {
        this.proofs = proofs;
        this.catalogue = catalogue;
        this.seen = seen;
        this.clock = clock;
    }

    /** @param bytes of the archive that were read */
    @Transactional(TxType.MANDATORY)
    Finding add(UUID verification, Completed backup, Outcome outcome, long bytes) {
        var now = clock.instant();
        var result = proofs.holds(backup) ? outcome.result() : Result.GIVEN_UP;
        switch (result) {
            case VERIFIED, SUMS_AGREE -> {
                proofs.readAgain(backup, now);
                seen.wellAs(backup.head().id(), outcome.versions());
            }
            case CORRUPTED -> catalogue.corrupted(backup.corrupt(String.valueOf(outcome.what()), now));
            case MISSING, GIVEN_UP -> {}
        }
        var what = result == Result.GIVEN_UP ? null : outcome.what();
        var finding = new Finding(backup.head().id(), result, what, bytes, now);
        persist(FindingRow.of(verification, finding));
        return finding;
    }

    @Transactional
    List<Finding> of(UUID verification) {
        return list("verificationId", Sort.by("position"), verification).stream()
                .map(FindingRow::finding)
                .toList();
    }

    /** Of which something was found already. */
    @Transactional
    Set<UUID> backups(UUID verification) {
        return of(verification).stream().map(Finding::backupId).collect(Collectors.toSet());
    }
}
