package io.everstate.backup.backup;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Uploaded;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.WatchedFile;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.seal.SealObjects;
import io.everstate.backup.seal.SealUptake;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * The end of a backup that was read back: its seal is added to the chain, which goes on from the newest one that bucket and catalogue know between them, then
 * stored and read back too, and only then the backup is one.
 */
@Singleton
final class Completion {
    private final Catalogue catalogue;
    private final SealUptake uptake;
    private final SealObjects seals;
    private final Clock clock;

    Completion(Catalogue catalogue, SealUptake uptake, SealObjects seals, Clock clock) {
        this.catalogue = catalogue;
        this.uptake = uptake;
        this.seals = seals;
        this.clock = clock;
    }

    /**
     * @param readBack its manifest, as the storage gave it back
     *
     * @throws LeaseLostException when it is another's work now
     * @throws ProblemException when the seal could not be stored: the chain says that it is there, until it is told that it failed; CONFLICT when the chain would
     *     begin a second time
     */
    Completed complete(Uploaded uploaded, Manifest readBack, Lease lease) {
        uptake.takeUp(uploaded.head().workspace()).checkMayGoOn();
        lease.check();
        var seal = catalogue.seal(uploaded);
        seals.store(seal);
        lease.check();
        var completed = uploaded.readBack(clock.instant());
        catalogue.completed(uploaded, completed, WatchedFile.all(completed, readBack), seal);
        return completed;
    }
}
