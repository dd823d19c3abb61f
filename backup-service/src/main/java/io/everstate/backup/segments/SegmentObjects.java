package io.everstate.backup.segments;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import io.everstate.backup.packing.Encryption;
import io.everstate.backup.packing.NoKeyException;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.Segment;
import io.everstate.backup.segments.format.SegmentContent;
import io.everstate.backup.segments.format.SegmentCorruptException;
import io.everstate.backup.segments.format.SegmentFile;
import io.everstate.backup.segments.format.SegmentNames;
import io.everstate.backup.segments.format.Sha256;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ObjectExistsException;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Segments in the bucket. Thread-safe. */
@Singleton
public class SegmentObjects {
    private final ArchiveStore store;
    private final Packings packings;
    private final SegmentFile file;

    SegmentObjects(ArchiveStore store, Packings packings, JsonFormat json) {
        this.store = store;
        this.packings = packings;
        this.file = new SegmentFile(json);
    }

    /**
     * The names of a partition's segments that begin at an offset or behind it, by where they begin: the next ones, none when there are no more. Of several
     * that begin at the same place the one that reaches furthest comes first: the others were joined into it.
     */
    public NavigableMap<Long, List<String>> from(LogPartition partition, long offset) {
        var found = new TreeMap<Long, List<String>>();
        var after = SegmentNames.before(partition, offset);
        var furthestFirst = comparing(
                (String name) -> SegmentNames.joinedTo(partition, name).orElse(-1), reverseOrder());
        for (var name : store.names(SegmentNames.prefix(partition), after)) {
            SegmentNames.firstOffset(partition, name)
                    .ifPresent(first ->
                            found.computeIfAbsent(first, _ -> new ArrayList<>()).add(name));
        }
        found.values().forEach(names -> names.sort(furthestFirst));
        return found;
    }

    /** The partitions of a topic of which the bucket has something. */
    public List<Integer> partitions(String topicId) {
        var found = new TreeSet<Integer>();
        var prefix = SegmentNames.prefix(topicId);
        for (var names = store.names(prefix, prefix); !names.isEmpty(); ) {
            var directory = names.getFirst().substring(prefix.length()).split("/", 2)[0];
            SegmentNames.partition(directory).ifPresent(found::add);
            names = store.names(prefix, SegmentNames.behind(prefix + directory));
        }
        return List.copyOf(found);
    }

    /**
     * How a new segment would be stored, encrypted or not as it is configured now; nothing is sent.
     *
     * @throws ProblemException INVALID when it is larger than any that is read
     */
    Attempt pack(SegmentContent content) {
        var header = content.header();
        return pack(content, SegmentNames.of(header.logPartition(), header.firstOffset(), suffix()));
    }

    /** As {@link #pack} does, one that is joined from several. */
    public Attempt packJoined(SegmentContent content) {
        var header = content.header();
        var last = header.endOffset() - 1;
        return pack(content, SegmentNames.joined(header.logPartition(), header.firstOffset(), last, suffix()));
    }

    private String suffix() {
        return packings.chosen().encryption().suffix();
    }

    private Attempt pack(SegmentContent content, String name) {
        var header = content.header();
        try {
            var encryption = packings.encryptionToTake(name);
            var packed = file.write(content, encryption);
            mustBeReadable(name, Math.max(packed.remaining(), header.contentBytes()));
            return new Attempt(new PackedSegment(name, header, packed), encryption);
        } catch (IOException e) {
            throw new UncheckedIOException("a segment cannot be encrypted", e);
        }
    }

    private static void mustBeReadable(String name, int bytes) {
        if (bytes > SegmentFile.LARGEST) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "%s would have %d bytes, and none of more than %d is read"
                            .formatted(name, bytes, SegmentFile.LARGEST));
        }
    }

    /** A segment on its way, with the keys by which it is read back. */
    public final class Attempt {
        private final PackedSegment packed;
        private final Encryption encryption;

        private Attempt(PackedSegment packed, Encryption encryption) {
            this.packed = packed;
            this.encryption = encryption;
        }

        public PackedSegment packed() {
            return packed;
        }

        /** @throws ObjectExistsException when its place is taken; what is there stays as it was */
        public void upload() {
            var bytes = packed.file();
            try (var upload = store.begin(packed.name())) {
                upload.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                upload.complete();
            } catch (IOException e) {
                throw new UncheckedIOException("a segment cannot be sent", e);
            }
        }

        /** @throws SegmentCorruptException when the storage has something else than was sent, or that is no segment */
        public void readBack() {
            try (var stored = store.open(packed.name())) {
                var same = new SameBytes(stored, packed);
                file.check(same, encryption);
                same.requireEnd();
            } catch (NoKeyException e) {
                throw noKey(packed.name(), e);
            } catch (IOException e) {
                throw new UncheckedIOException(packed.name() + " cannot be read", e);
            }
        }
    }

    /**
     * The segment as it is in the bucket, with every sum checked.
     *
     * @throws SegmentCorruptException when it is damaged, or another segment
     * @throws ProblemException CONFLICT when it is encrypted and no key here opens it
     */
    public StoredSegment read(LogPartition partition, long firstOffset, String name) {
        var stored = bytes(name);
        var segment = unpack(name, stored, packings.encryptionOf(name));
        var header = segment.header();
        if (!header.logPartition().equals(partition) || header.firstOffset() != firstOffset) {
            throw new SegmentCorruptException(
                    "%s holds %s from %d on".formatted(name, header.logPartition(), header.firstOffset()));
        }
        return new StoredSegment(new PackedSegment(name, header, stored), segment);
    }

    /**
     * Of objects that begin at the same place the first one that is whole, of the place where it lies and opened by a key that is here.
     *
     * @throws SegmentCorruptException when none is; what the first one is wanting
     * @throws ProblemException UNAVAILABLE when the storage does not answer
     */
    public StoredSegment readAny(LogPartition partition, long firstOffset, List<String> names) {
        ProblemException wanting = null;
        for (var name : names) {
            try {
                return read(partition, firstOffset, name);
            } catch (ProblemException e) {
                if (e.type().retryable()) {
                    throw e;
                }
                wanting = wanting == null ? e : wanting;
            }
        }
        throw wanting == null ? new IllegalArgumentException("no name was given") : wanting;
    }

    private Segment unpack(String name, ByteBuffer stored, Encryption encryption) {
        try {
            return file.read(stored, encryption);
        } catch (NoKeyException e) {
            throw noKey(name, e);
        } catch (SegmentCorruptException e) {
            throw new SegmentCorruptException(name + ": " + e.detail(), e);
        }
    }

    private static ProblemException noKey(String name, NoKeyException e) {
        return new ProblemException(ProblemType.CONFLICT, name + ": " + e.getMessage(), e);
    }

    /** Whether the object is there with these bytes, by their SHA-256; for that no key is needed. */
    boolean holds(String name, String sha256) {
        return store.find(name).isPresent() && Sha256.of(bytes(name)).equals(sha256);
    }

    /** Takes away what somebody who died sent and did not finish, so that it can finish no more. Only for a name that no row says is stored. */
    public void clear(String name) {
        store.delete(name);
    }

    /** So that nobody who died, or was taken for dead, can finish what he began to send under that name. What is there stays. */
    public void endUploads(String name) {
        store.endUploads(name);
    }

    private ByteBuffer bytes(String name) {
        try (var input = store.open(name)) {
            var bytes = input.readNBytes(SegmentFile.LARGEST + 1);
            if (bytes.length > SegmentFile.LARGEST) {
                throw new SegmentCorruptException("%s has more than %d bytes".formatted(name, SegmentFile.LARGEST));
            }
            return ByteBuffer.wrap(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
