package io.everstate.backup.chain;

import io.everstate.backup.archive.ArchiveCorruptException;
import io.everstate.backup.archive.Base;
import io.everstate.backup.archive.Manifest.Member;
import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.BackupHead;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Chains;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an INCREMENTAL is built upon: the newest backup of the whole workspace, if all of its chain is there and can be read. Else it has to be
 * a FULL, and says why: a chain that dangles restores nothing.
 */
@Singleton
public final class Bases {
    private final Chains chains;
    private final ChainCheck check;
    private final StoredManifests manifests;
    private final Catalogue catalogue;
    private final Clock clock;

    Bases(Chains chains, ChainCheck check, StoredManifests manifests, Catalogue catalogue, Clock clock) {
        this.chains = chains;
        this.check = check;
        this.manifests = manifests;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * @param head what is to be taken: INCREMENTAL or FULL
     * @param base null of a FULL
     */
    public record Settled(BackupHead head, @Nullable Base base) {}

    /**
     * @param fullAfter so many INCREMENTALs at most are built upon a FULL
     *
     * @throws ProblemException UNAVAILABLE when the storage does not answer
     */
    public Settled settle(BackupHead head, int fullAfter) {
        try {
            var members = members(head, fullAfter);
            return new Settled(head.upon(members.getLast().head()), base(members));
        } catch (BrokenChainException e) {
            return new Settled(head.full("an INCREMENTAL was asked for, and this is a FULL: " + e.detail()), null);
        }
    }

    private List<Completed> members(BackupHead head, int fullAfter) {
        var newest = chains.newestWhole(head.workspace())
                .map(Backup::head)
                .orElseThrow(() -> broken("there is no backup of all of the workspace yet"));
        if (newest.link().position() >= fullAfter) {
            throw broken("the newest one ends a chain of %d, and no more than that are built upon a FULL"
                    .formatted(fullAfter));
        }
        if (newest.encrypted() != head.encrypted()) {
            throw broken("one of the newest one and this one is encrypted and the other is not");
        }
        return check.present(newest.id());
    }

    private Base base(List<Completed> members) {
        var newest = members.getLast();
        try {
            var manifest = manifests.read(newest);
            if (!manifest.inOrder()) {
                throw broken("the names in the manifest of the newest one are not in their order");
            }
            return new Base(manifest, members.stream().map(Bases::member).toList());
        } catch (ArchiveCorruptException e) {
            catalogue.corrupted(newest.corrupt(e.detail(), clock.instant()));
            throw new BrokenChainException("the newest one is corrupted: " + e.detail(), e);
        } catch (NoKeyException e) {
            throw new BrokenChainException("the manifest of the newest one cannot be read here: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static Member member(Completed completed) {
        var archive = completed.archive();
        return new Member(completed.head().id(), archive.objectName(), archive.sha256());
    }

    private static BrokenChainException broken(String what) {
        return new BrokenChainException(what, null);
    }
}
