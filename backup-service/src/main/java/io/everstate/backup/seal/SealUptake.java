package io.everstate.backup.seal;

import io.everstate.backup.seal.SealLook.Found;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.store.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Takes a chain up where the bucket has more of it than the catalogue, which was lost or taken back to an earlier state: before anything is added, since a
 * number that is given twice is a fork. What a trusted key signed is taken up, with all that it follows, and though seals between are missing. What nobody signed
 * is only where no key is trusted and the catalogue has nothing of the workspace: else who can write to the bucket would write on in the chain.
 */
@Singleton
public final class SealUptake {
    private static final Logger LOG = Logger.getLogger(SealUptake.class);

    private final Seals seals;
    private final SealsInBucket bucket;
    private final SealKeys keys;
    private final SealConfiguration configuration;

    SealUptake(Seals seals, SealsInBucket bucket, SealKeys keys, SealConfiguration configuration) {
        this.seals = seals;
        this.bucket = bucket;
        this.keys = keys;
        this.configuration = configuration;
    }

    /** @throws StoreUnavailableException when the bucket cannot be listed */
    public TakenUp takeUp(String workspace) {
        var known = seals.numbers(workspace);
        var found = new SealLook(workspace, known.isEmpty())
                .of(bucket.behind(workspace, run(known)), number -> !known.contains(number), bucket::read);
        add(workspace, known, believed(workspace, known, found));
        return TakenUp.of(found, seals.head(workspace).isEmpty() && !mayBeginAnew(workspace));
    }

    /** Up to which number the catalogue has all of them. */
    private static long run(Set<Long> known) {
        var number = 0L;
        while (known.contains(number + 1)) {
            number++;
        }
        return number;
    }

    private List<StoredSeal> believed(String workspace, Set<Long> known, Found found) {
        if (keys.any()) {
            return BelievedSeals.signed(found);
        }
        return known.isEmpty() ? BelievedSeals.chained(workspace, found) : List.of();
    }

    private boolean mayBeginAnew(String workspace) {
        return configuration.beginAnew().orElse(List.of()).contains(workspace);
    }

    /** Another replica may be at it: then all of it is theirs. */
    private void add(String workspace, Set<Long> known, List<StoredSeal> believed) {
        if (!believed.isEmpty() && seals.takeUp(workspace, known, believed)) {
            LOG.warnf("Took up %d seals of %s that the catalogue did not know", believed.size(), workspace);
        }
    }
}
