package io.everstate.backup.rebuild;

import io.everstate.backup.bucket.BucketArchives;
import io.everstate.backup.bucket.FoundArchive;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.backup.catalogue.FoundBackups;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.rebuild.Examined.Closed;
import io.everstate.backup.rebuild.Examined.Damaged;
import io.everstate.backup.rebuild.Examined.Described;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows for all archives of the bucket that have none, then each of them read back. Every step can be done again: who goes on after a crash lists anew, and
 * finds what has its row. It touches no row that somebody else made, so backups may run beside it.
 */
@Singleton
final class CatalogueRebuild {
    private final BucketArchives archives;
    private final FoundBackups backups;
    private final Examination examination;
    private final SealedWord seals;
    private final FoundChain chain;
    private final ReadBack readBack;
    private final Rebuilds rebuilds;
    private final Findings findings;
    private final Clock clock;

    CatalogueRebuild(
            BucketArchives archives,
            FoundBackups backups,
            Examination examination,
            SealedWord seals,
            FoundChain chain,
            ReadBack readBack,
            Rebuilds rebuilds,
            Findings findings,
            Clock clock) {
        this.archives = archives;
        this.backups = backups;
        this.examination = examination;
        this.seals = seals;
        this.chain = chain;
        this.readBack = readBack;
        this.rebuilds = rebuilds;
        this.findings = findings;
        this.clock = clock;
    }

    /** @param stopped whether to leave the rest to whoever goes on */
    record Turn(UUID id, Lease lease, BooleanSupplier stopped) {}

    /**
     * @return what is left open; null when nothing is. It says nothing when it was stopped
     *
     * @throws StoreUnavailableException when the storage does not answer
     */
    @Nullable
    String run(Turn turn) {
        register(turn);
        readBack(turn);
        var counts = findings.counts(turn.id());
        var open = Stream.of(Outcome.FOUND, Outcome.NEEDS_KEY, Outcome.NOT_READ)
                .map(counts::get)
                .mapToLong(count -> count == null ? 0 : count.number())
                .sum();
        return open == 0
                ? null
                : "%d archives are left open, each with its reason: ask again when that is mended".formatted(open);
    }

    private void register(Turn turn) {
        var whole = archives.whole();
        rebuilds.listed(turn.id(), whole.size());
        var wanted =
                backups.unknown(whole.stream().map(found -> found.place().id()).toList());
        wanted.addAll(backups.neverRead());
        var chained = new ArrayList<Described>();
        var patience = new Patience();
        var chains = seals.chains();
        for (var found : whole) {
            if (wanted.contains(found.place().id()) && !turn.stopped().getAsBoolean()) {
                turn.lease().check();
                var archive = chains.named(found);
                var finding = finding(archive);
                switch (patience.of(() -> examined(archive, chains), why -> new Closed(Outcome.NOT_READ, why))) {
                    case Described described when described.members().isEmpty() -> add(turn, described);
                    case Described described -> chained.add(described);
                    case Damaged damaged -> broken(turn, damaged.corrupted(), finding, Outcome.CORRUPTED);
                    case Closed closed -> findings.put(turn.id(), finding.becomes(closed.outcome(), closed.why()));
                }
            }
        }
        chained.sort(Comparator.comparingInt(described -> described.members().size()));
        chained.forEach(described -> addChained(turn, described));
    }

    private Examined examined(FoundArchive archive, SealedWord.Chains chains) {
        return switch (examination.examine(archive)) {
            case Described described -> chains.of(described);
            case Damaged damaged -> damaged;
            case Closed closed -> closed;
        };
    }

    private static Finding finding(FoundArchive archive) {
        var object = archive.archive();
        return new Finding(archive.place().id(), object.name(), object.bytes(), Outcome.FOUND, null);
    }

    private static Finding finding(Found found) {
        var archive = found.archive();
        return new Finding(found.head().id(), archive.objectName(), archive.bytes(), Outcome.FOUND, null);
    }

    private void add(Turn turn, Described described) {
        backups.add(described.found(), described.size());
        findings.put(turn.id(), finding(described.found()));
    }

    /** Its base comes before it, since that needs fewer. */
    private void addChained(Turn turn, Described described) {
        turn.lease().check();
        var why = chain.broken(described.members());
        if (why.isEmpty()) {
            add(turn, described);
            return;
        }
        var found = described.found();
        var corrupted = new Corrupted(found.head().unlinked(), found.archive(), why.get(), clock.instant());
        broken(turn, corrupted, finding(found), Outcome.BROKEN);
    }

    private void broken(Turn turn, Corrupted corrupted, Finding finding, Outcome outcome) {
        backups.add(corrupted);
        findings.put(turn.id(), finding.becomes(outcome, corrupted.what()));
    }

    private void readBack(Turn turn) {
        var unread = ReadOrder.of(backups.unread());
        unread.forEach(found -> findings.put(turn.id(), finding(found)));
        var patience = new Patience();
        for (var found : unread) {
            if (turn.stopped().getAsBoolean()) {
                break;
            }
            turn.lease().check();
            findings.put(
                    turn.id(),
                    patience.of(
                            () -> readBack.read(found, turn.lease()),
                            why -> finding(found).becomes(Outcome.NOT_READ, why)));
        }
    }
}
