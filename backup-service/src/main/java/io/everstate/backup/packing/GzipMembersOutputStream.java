package io.everstate.backup.packing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Each MiB is a gzip member of its own, and members are compressed beside each other and written in their order: RFC 1952 calls a run of
 * members a file. Belongs to one thread.
 */
final class GzipMembersOutputStream extends OutputStream {
    static final int MEMBER = 1 << 20;

    private final OutputStream target;
    private final GzipParameters parameters;
    private final Executor workers;
    private final int ahead;
    private final Queue<CompletableFuture<byte[]>> members = new ArrayDeque<>();
    private byte[] content = new byte[MEMBER];
    private int filled;
    private boolean begun;
    private boolean closed;

    GzipMembersOutputStream(OutputStream target, GzipParameters parameters, Executor workers, int ahead) {
        this.target = target;
        this.parameters = parameters;
        this.workers = workers;
        this.ahead = ahead;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        var from = offset;
        var end = offset + length;
        while (from < end) {
            var count = Math.min(end - from, MEMBER - filled);
            System.arraycopy(source, from, content, filled, count);
            filled += count;
            from += count;
            if (filled == MEMBER) {
                compress();
            }
        }
    }

    private void compress() throws IOException {
        var member = content;
        var length = filled;
        members.add(CompletableFuture.supplyAsync(() -> compressed(member, length), workers));
        begun = true;
        content = new byte[MEMBER];
        filled = 0;
        if (members.size() > ahead) {
            writeOldest();
        }
    }

    private byte[] compressed(byte[] member, int length) {
        var bytes = new ByteArrayOutputStream(length / 2);
        try (var gzip = new GzipCompressorOutputStream(bytes, parameters)) {
            gzip.write(member, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void writeOldest() throws IOException {
        try {
            target.write(members.remove().join());
        } catch (CompletionException e) {
            throw new IOException("a part of the archive could not be compressed", e.getCause());
        }
    }

    /** Of nothing, one empty member: no bytes at all would be no gzip. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (target) {
            if (filled > 0 || !begun) {
                compress();
            }
            while (!members.isEmpty()) {
                writeOldest();
            }
        }
    }
}
