package io.everstate.backup.verification;

import io.everstate.backup.archive.ArchiveCorruptException;
import io.everstate.backup.archive.ArchiveSums;
import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.SeenObjects;
import io.everstate.backup.chain.StoredManifests;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ObjectMissingException;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.backup.VerificationView.Result;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stored archive from its first byte to its last, with its manifest, and says what it found. It changes nothing. Of what the archives of
 * other backups hold nothing is said: those are read for themselves.
 */
@Singleton
final class DeepRead {
    private static final Logger LOG = Logger.getLogger(DeepRead.class);

    private final StoredManifests manifests;
    private final ArchiveStore store;
    private final Packings packings;
    private final JsonFormat json;
    private final SeenObjects seen;

    DeepRead(StoredManifests manifests, ArchiveStore store, Packings packings, JsonFormat json, SeenObjects seen) {
        this.manifests = manifests;
        this.store = store;
        this.packings = packings;
        this.json = json;
        this.seen = seen;
    }

    /**
     * @param what a sentence where there is more to say
     * @param versions what the storage called the content that was read and is well, by objects' names
     */
    record Outcome(Result result, @Nullable String what, Map<String, String> versions) {
        Outcome(Result result, @Nullable String what) {
            this(result, what, Map.of());
        }
    }

    /**
     * Damage counts only when a second reading finds damage too: CORRUPTED has no way back, and one bit that fell on the way here is none of the
     * archive's.
     *
     * @param through what the archive's bytes are read through
     *
     * @throws StoreUnavailableException when the storage does not answer: nothing is known then
     */
    Outcome of(Completed backup, UnaryOperator<InputStream> through) {
        try {
            return read(backup, through);
        } catch (ArchiveCorruptException e) {
            LOG.warnf("Backup %s is read a second time: %s", backup.head().id(), e.detail());
        } catch (ObjectMissingException e) {
            return new Outcome(Result.MISSING, e.detail());
        }
        try {
            return read(backup, through);
        } catch (ArchiveCorruptException e) {
            return new Outcome(Result.CORRUPTED, e.detail());
        } catch (ObjectMissingException e) {
            return new Outcome(Result.MISSING, e.detail());
        }
    }

    private Outcome read(Completed backup, UnaryOperator<InputStream> through) {
        var known = backup.archive();
        var versions = seen.listed(known);
        try {
            unpacked(backup, through);
            return new Outcome(Result.VERIFIED, null, versions);
        } catch (NoKeyException e) {
            sums(backup, through);
            return new Outcome(
                    Result.SUMS_AGREE,
                    "the stored bytes of %s are those that were written; what is in them was not looked at: %s"
                            .formatted(known.objectName(), e.getMessage()),
                    versions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unpacked(Completed backup, UnaryOperator<InputStream> through) throws IOException {
        var name = backup.archive().objectName();
        var packing = packings.of(name);
        var manifest = manifests.read(backup);
        try (var stored = through.apply(store.open(name))) {
            new ArchiveVerifier(packing, json).verify(stored, manifest, ArchiveVerifier.NOWHERE);
        }
    }

    /** The manifest's sum was compared before a key was looked for. */
    private void sums(Completed backup, UnaryOperator<InputStream> through) {
        var known = backup.archive();
        try (var stored = through.apply(store.open(known.objectName()))) {
            ArchiveSums.verify(
                    stored, new Manifest.Archive(known.objectName(), known.bytes(), known.sha256(), known.md5()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
