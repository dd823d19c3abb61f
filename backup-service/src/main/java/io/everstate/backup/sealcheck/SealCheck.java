package io.everstate.backup.sealcheck;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.seal.Seals;
import io.everstate.backup.seal.SealsInBucket;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import io.everstate.contracts.backup.SealHead;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a workspace's chain against bucket and catalogue, changes nothing in either, and lets backups and clean-ups run beside it. */
@Singleton
final class SealCheck {
    private final Seals seals;
    private final SealsInBucket objects;
    private final SealKeys keys;
    private final ArchiveStore store;

    SealCheck(Seals seals, SealsInBucket objects, SealKeys keys, ArchiveStore store) {
        this.seals = seals;
        this.objects = objects;
        this.keys = keys;
        this.store = store;
    }

    /**
     * In this order: the chain, the bucket, the chain again. A seal is in the catalogue before it is in the bucket, and says that a backup was removed before
     * its objects go.
     *
     * @throws StoreUnavailableException when the storage does not answer
     */
    Report check(Order order, Lease lease) {
        var workspace = order.workspace();
        var before = chain(workspace);
        var listed = objects.all(workspace);
        var content = new SealedContent(store, order.archives(), lease::check).of(workspace, before.held());
        var after = chain(workspace);
        var removed = after.removed();
        var findings = Stream.of(
                        new SealComparison(before, after, keys.any()).of(listed, objects::read).stream(),
                        content.stream().filter(finding -> !removed.contains(finding.backupId())),
                        lacking(after, order.noted()).stream())
                .flatMap(found -> found)
                .toList();
        return new Report(after.head(), after.seals().size(), after.held().size(), removed.size(), findings);
    }

    private Chain chain(String workspace) {
        return new Chain(workspace, seals.all(workspace));
    }

    private static Optional<Finding> lacking(Chain chain, @Nullable SealHead noted) {
        if (noted == null) {
            return Optional.empty();
        }
        var there = chain.numbered(noted.number());
        if (there.filter(seal -> seal.sha256().equals(noted.sha256())).isPresent()) {
            return Optional.empty();
        }
        var found = there.map(seal -> "seal %d, sha256 %s".formatted(noted.number(), seal.sha256()))
                .orElse("no seal of that number");
        return Optional.of(new Finding(
                Kind.HEAD_MISSING,
                "seals/%s/".formatted(chain.workspace()),
                null,
                "seal %d, sha256 %s, as it was noted".formatted(noted.number(), noted.sha256()),
                found));
    }
}
