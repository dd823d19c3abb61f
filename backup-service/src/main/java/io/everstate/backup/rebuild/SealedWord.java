package io.everstate.backup.rebuild;

import io.everstate.backup.bucket.FoundArchive;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.SealedBackups;
import io.everstate.backup.platform.Printable;
import io.everstate.backup.rebuild.Examined.Closed;
import io.everstate.backup.rebuild.Examined.Damaged;
import io.everstate.backup.rebuild.Examined.Described;
import io.everstate.backup.seal.Seal.Act;
import io.everstate.backup.seal.SealUptake;
import io.everstate.backup.seal.Seals;
import io.everstate.backup.seal.StoredSeal;
import io.everstate.backup.seal.TakenUp;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the chain of seals says of what was found: who can write to the bucket can write an archive and a manifest that fit, and cannot seal them. A workspace
 * without any seal is one of before there were seals, and is believed where no key is trusted: where one is, somebody may have removed them.
 */
@Singleton
final class SealedWord {
    private static final Logger LOG = Logger.getLogger(SealedWord.class);

    private final SealUptake uptake;
    private final Seals seals;
    private final SealKeys keys;
    private final Clock clock;

    SealedWord(SealUptake uptake, Seals seals, SealKeys keys, Clock clock) {
        this.uptake = uptake;
        this.seals = seals;
        this.keys = keys;
        this.clock = clock;
    }

    Chains chains() {
        return new Chains();
    }

    /** The chains as they were taken up for one rebuild. */
    final class Chains {
        private final Map<String, TakenUp> taken = new HashMap<>();

        /** @throws StoreUnavailableException when the bucket cannot be listed */
        Examined of(Described described) {
            var head = described.found().head();
            var chain = chain(head.workspace());
            return seals.of(head.id(), Act.STORED)
                    .map(seal -> matching(described, seal))
                    .orElseGet(() -> unsealed(described, chain.doubt()));
        }

        /**
         * Of several with one id that which a seal names: whoever can write to the bucket can put others beside it, which are not looked at, and are told of. All of
         * them where no seal names one that is there.
         *
         * @throws StoreUnavailableException when the bucket cannot be listed
         */
        FoundArchive named(FoundArchive archive) {
            var each = archive.each();
            if (each.size() == 1) {
                return archive;
            }
            each.forEach(one -> chain(one.place().workspace()));
            var named = seals.of(archive.place().id(), Act.STORED)
                    .flatMap(seal ->
                            each.stream().filter(one -> isNamed(one, seal)).findFirst());
            named.ifPresent(
                    one -> each.stream().filter(other -> !other.equals(one)).forEach(SealedWord::tell));
            return named.orElse(archive);
        }

        private TakenUp chain(String workspace) {
            return taken.computeIfAbsent(workspace, uptake::takeUp);
        }
    }

    private static boolean isNamed(FoundArchive found, StoredSeal seal) {
        var backup = seal.seal().backup();
        return found.archive().name().equals(backup.archive())
                && found.manifest().name().equals(backup.manifest());
    }

    private static void tell(FoundArchive other) {
        LOG.errorf(
                "%s and %s say the id of a sealed backup and are not what its seal names",
                Printable.of(other.archive().name()),
                Printable.of(other.manifest().name()));
    }

    private Examined matching(Described described, StoredSeal stored) {
        var found = described.found();
        var seal = stored.seal();
        if (!seal.backup().equals(SealedBackups.of(found.head(), found.archive()))) {
            return damaged(described, "it is not what the workspace's seal %d says".formatted(seal.number()));
        }
        return seals.of(found.head().id(), Act.REMOVED)
                .<Examined>map(removed -> damaged(
                        described,
                        "it was removed, says the workspace's seal %d: %s"
                                .formatted(
                                        removed.seal().number(), removed.seal().why())))
                .orElse(described);
    }

    private Examined unsealed(Described described, @Nullable String doubt) {
        if (doubt != null) {
            return new Closed(Outcome.NOT_READ, doubt);
        }
        var workspace = described.found().head().workspace();
        return !keys.any() && seals.head(workspace).isEmpty()
                ? described
                : damaged(described, "no seal of the workspace names it");
    }

    private Damaged damaged(Described described, String what) {
        var found = described.found();
        return new Damaged(new Corrupted(found.head().unlinked(), found.archive(), what, clock.instant()));
    }
}
