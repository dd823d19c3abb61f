package io.everstate.state.snapshot;

import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.content.SnapshotWriter;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Keeps contents in the database and reads them piece by piece. */
@Singleton
final class SnapshotContents {
    private static final int PIECE = 256 * 1024;

    private static final String KEEP = """
            insert into system_state_snapshots (id, kind, format_version, taken_at, cut, bots, bytes, sha256, valid, content)
            values (?, ?, ?, ?, ?, ?, ?, ?, false, ?)""";

    private static final String READ =
            "select substring(content from ? for ?) from system_state_snapshots where snapshot = ?";

    private final Transactions transactions;
    private final JsonFormat json;

    SnapshotContents(Transactions transactions, JsonFormat json) {
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * Keeps a content as a new snapshot, in one statement: either all of it is there or nothing. It is not valid until somebody has read it
     * back.
     *
     * @param file holds the content
     */
    void keep(UUID id, SnapshotKind kind, Instant takenAt, SnapshotSource.Written written, Path file) {
        transactions.write(connection -> {
            try (var statement = connection.prepareStatement(KEEP);
                    var content = Files.newInputStream(file)) {
                statement.setObject(1, id);
                statement.setString(2, kind.name());
                statement.setInt(3, SnapshotWriter.FORMAT_VERSION);
                statement.setObject(4, takenAt.atOffset(ZoneOffset.UTC));
                statement.setBytes(5, json.write(written.cut()));
                statement.setLong(6, written.content().bots());
                statement.setLong(7, written.content().bytes());
                statement.setString(8, written.content().sha256());
                statement.setBinaryStream(9, content, written.content().bytes());
                return statement.executeUpdate();
            } catch (IOException e) {
                throw new UncheckedIOException("a snapshot's temporary file cannot be read", e);
            }
        });
    }

    /** The content as it is stored; each piece is asked for when it is needed. */
    InputStream read(Snapshot snapshot) {
        return new Pieces(snapshot.key);
    }

    private byte[] piece(long snapshot, long from) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(READ)) {
                // bytea counts from 1, in int4
                statement.setInt(1, Math.toIntExact(from + 1));
                statement.setInt(2, PIECE);
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
                piece = piece(snapshot, read);
                read += piece.length;
                used = 0;
            }
            return piece.length > 0;
        }
    }
}
