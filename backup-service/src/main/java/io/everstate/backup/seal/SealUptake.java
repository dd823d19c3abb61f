package io.everstate.backup.seal;

import static java.util.Comparator.comparingLong;

import io.everstate.backup.seal.SealReading.Genuine;
import io.everstate.backup.seal.SealReading.UnknownKey;
import io.everstate.backup.seal.SealReading.Unsigned;
import io.everstate.backup.seal.Seals.End;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.store.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes a chain up where the bucket has more of it than the catalogue, which was lost or taken back to an earlier state: before anything is added, since a
 * number that is given twice is a fork. What a trusted key signed is taken up, with all that it follows. What nobody signed is only where no key is trusted and
 * the catalogue has nothing of the workspace: else who can write to the bucket would write on in the chain.
 */
@Singleton
public final class SealUptake {
    private static final Logger LOG = Logger.getLogger(SealUptake.class);

    private final Seals seals;
    private final SealObjects objects;
    private final SealKeys keys;

    SealUptake(Seals seals, SealObjects objects, SealKeys keys) {
        this.seals = seals;
        this.objects = objects;
        this.keys = keys;
    }

    /**
     * @return keys that signed, as it says there, what is behind the chain's end, and that are not trusted here
     * @throws StoreUnavailableException when the bucket cannot be listed
     */
    public Set<String> takeUp(String workspace) {
        var end = seals.end(workspace);
        var untrusted = new TreeSet<String>();
        var signed = new ArrayList<StoredSeal>();
        var unsigned = new ArrayList<StoredSeal>();
        for (var object : objects.behind(workspace, end.number())) {
            switch (objects.read(object)) {
                case Genuine(var stored) -> signed.add(stored);
                case Unsigned(var stored) -> unsigned.add(stored);
                case UnknownKey unknown -> untrusted.add(unknown.keyId());
                case SealReading.WrongSignature _, SealReading.Broken _ -> {}
            }
        }
        next(end, signed, unsigned).ifPresent(run -> add(workspace, run));
        return untrusted;
    }

    private Optional<List<StoredSeal>> next(End end, List<StoredSeal> signed, List<StoredSeal> unsigned) {
        var bySum = new HashMap<String, StoredSeal>();
        signed.forEach(seal -> bySum.put(seal.sha256(), seal));
        unsigned.forEach(seal -> bySum.put(seal.sha256(), seal));
        var tips = !keys.any() && end.number() == 0 ? unsigned : signed;
        return tips.stream()
                .sorted(comparingLong((StoredSeal tip) -> tip.seal().number()).reversed())
                .map(tip -> path(end, tip, bySum))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The seals from behind the chain's end to that one; empty when they do not join. */
    private static Optional<List<StoredSeal>> path(End end, StoredSeal tip, Map<String, StoredSeal> bySum) {
        var path = new ArrayDeque<StoredSeal>();
        @Nullable StoredSeal seal = tip;
        while (seal != null && seal.seal().number() > end.number()) {
            path.addFirst(seal);
            if (seal.seal().follows(end.workspace(), end.number(), end.sha256())) {
                return Optional.of(List.copyOf(path));
            }
            var before = bySum.get(String.valueOf(seal.seal().previous()));
            seal = before != null && before.seal().number() == seal.seal().number() - 1 ? before : null;
        }
        return Optional.empty();
    }

    /** Another replica may be at it, or has added since this one looked where the chain ends. */
    private void add(String workspace, List<StoredSeal> run) {
        var taken = run.stream().filter(seals::takeUp).count();
        if (taken > 0) {
            LOG.warnf("Took up %d seals of %s that the catalogue did not know", taken, workspace);
        }
    }
}
