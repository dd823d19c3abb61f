package io.everstate.state.snapshot.store;

import io.everstate.contracts.mode.ModeChanged;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.content.ContentFormat;
import io.everstate.state.content.Frame;
import io.everstate.state.content.FrameIndex;
import io.everstate.state.content.Sha256;
import io.everstate.state.content.SnapshotContent;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Keeps contents in the database and reads them piece by piece. */
@Singleton
public final class SnapshotContents {
    private static final int PIECE = 1024 * 1024;

    private static final String KEEP = """
            insert into system_state_snapshots
                (id, kind, format_version, taken_at, cut, base, base_sha256, bots, bytes, sha256, frames, frames_sha256, mode, mode_since,
                 parked, purpose, asked_by, idempotency_key, valid, content)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, ?)""";

    private static final String READ =
            "select substring(content from ? for ?) from system_state_snapshots where snapshot = ?";

    private static final String FRAMES = "select frames, frames_sha256 from system_state_snapshots where snapshot = ?";

    private final Transactions transactions;
    private final JsonFormat json;
    private final Courtesy courtesy;

    SnapshotContents(Transactions transactions, JsonFormat json, Courtesy courtesy) {
        this.transactions = transactions;
        this.json = json;
        this.courtesy = courtesy;
    }

    /**
     * Keeps a content as a new snapshot, in one statement: either all of it is there or nothing. It is not valid until somebody has read it
     * back.
     *
     * @param file holds the content
     * @param fence refuses it when it is somebody else's by now
     */
    public void keep(NewSnapshot snapshot, Path file, Fence fence) {
        transactions.write(connection -> {
            fence.check(connection);
            try (var statement = connection.prepareStatement(KEEP);
                    var content = Files.newInputStream(file)) {
                describe(snapshot, statement);
                statement.setBinaryStream(19, content, snapshot.content().bytes());
                return statement.executeUpdate();
            } catch (IOException e) {
                throw new UncheckedIOException("a snapshot's temporary file cannot be read", e);
            }
        });
    }

    private void describe(NewSnapshot snapshot, PreparedStatement statement) throws SQLException {
        var base = snapshot.base();
        var content = snapshot.content();
        var frames = json.write(content.frames());
        statement.setObject(1, snapshot.id());
        statement.setString(2, snapshot.kind().name());
        statement.setInt(3, content.format().version());
        statement.setObject(4, snapshot.takenAt().atOffset(ZoneOffset.UTC));
        statement.setBytes(5, json.write(snapshot.cut()));
        statement.setObject(6, base == null ? null : base.id());
        statement.setString(7, base == null ? null : base.sha256());
        statement.setLong(8, content.bots());
        statement.setLong(9, content.bytes());
        statement.setString(10, content.sha256());
        statement.setBytes(11, frames);
        statement.setString(12, Sha256.of(frames));
        describe(snapshot.mode(), statement);
        statement.setBytes(15, json.write(snapshot.parked()));
        describe(snapshot.origin(), statement);
    }

    private static void describe(SnapshotOrigin origin, PreparedStatement statement) throws SQLException {
        var request = origin.request();
        statement.setString(16, origin.purpose().name());
        statement.setString(17, request == null ? null : request.by());
        statement.setString(18, request == null ? null : request.key());
    }

    private static void describe(@Nullable ModeChanged mode, PreparedStatement statement) throws SQLException {
        statement.setString(13, mode == null ? null : mode.mode().name());
        statement.setObject(14, mode == null ? null : mode.since().atOffset(ZoneOffset.UTC));
    }

    /**
     * What was written down of the content.
     *
     * @throws SnapshotCorruptException when that itself is damaged, or of a format that is unknown
     */
    public SnapshotContent describe(Snapshot snapshot) {
        var format = ContentFormat.of(snapshot.formatVersion)
                .orElseThrow(() -> new SnapshotCorruptException(
                        snapshot.id, "format version " + snapshot.formatVersion + " is unknown"));
        var frames = format == ContentFormat.GZIP ? FrameIndex.NONE : frames(snapshot);
        return new SnapshotContent(format, snapshot.bots, snapshot.bytes, snapshot.sha256, frames);
    }

    private FrameIndex frames(Snapshot snapshot) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(FRAMES)) {
                statement.setLong(1, snapshot.key);
                try (var row = statement.executeQuery()) {
                    return row.next() ? frames(snapshot, row.getBytes(1), row.getString(2)) : FrameIndex.NONE;
                }
            }
        });
    }

    private FrameIndex frames(Snapshot snapshot, byte @Nullable [] stored, String sha256) {
        if (stored == null || !Sha256.of(stored).equals(sha256)) {
            throw new SnapshotCorruptException(snapshot.id, "the list of its frames is not the one that was written");
        }
        try {
            return json.read(stored, FrameIndex.class);
        } catch (UnreadableRecordException e) {
            throw new SnapshotCorruptException(snapshot.id, "the list of its frames: " + e.detail());
        }
    }

    /** The content as it is stored; each piece is asked for when it is needed. */
    public InputStream read(Snapshot snapshot) {
        return new Pieces(snapshot.key);
    }

    /** The same for who looks at all of it and can wait: while folding is behind it goes first. */
    public InputStream readResting(Snapshot snapshot) {
        return courtesy.resting(read(snapshot));
    }

    /** @throws SnapshotCorruptException when its bytes are not those that were written */
    byte[] read(Snapshot snapshot, Frame frame) {
        var stored = piece(snapshot.key, frame.offset(), frame.length());
        if (!frame.holds(stored)) {
            throw new SnapshotCorruptException(
                    snapshot.id, "the frame at " + frame.offset() + " is not the one that was written");
        }
        return stored;
    }

    private byte[] piece(long snapshot, long from, int length) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(READ)) {
                // bytea counts from 1, in int4
                statement.setInt(1, Math.toIntExact(from + 1));
                statement.setInt(2, length);
                statement.setLong(3, snapshot);
                try (var row = statement.executeQuery()) {
                    return row.next() ? row.getBytes(1) : new byte[0];
                }
            }
        });
    }

    private final class Pieces extends InputStream {
        private final long snapshot;
        private byte[] piece = {};
        private int used;
        private long read;

        Pieces(long snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public int read() {
            return more() ? piece[used++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!more()) {
                return -1;
            }
            var count = Math.min(length, piece.length - used);
            System.arraycopy(piece, used, target, offset, count);
            used += count;
            return count;
        }

        private boolean more() {
            if (used == piece.length) {
                piece = piece(snapshot, read, PIECE);
                read += piece.length;
                used = 0;
            }
            return piece.length > 0;
        }
    }
}
