package io.everstate.backup.store;

import io.minio.CompleteMultipartUploadArgs;
import io.minio.MinioAsyncClient;
import io.minio.UploadPartArgs;
import io.minio.UploadPartResponse;
import io.minio.messages.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One object in parts: while one is sent the next is filled, and it is sent only when the one before was acknowledged. What was acknowledged is never sent again: an upload
 * of which the storage has a part goes on with the next one when the storage was away for a while.
 */
final class MinioUpload extends Upload {
    private final MinioAsyncClient client;
    private final StorageCalls calls;
    private final MinioArchiveStore store;
    private final UploadTarget target;
    private final List<Part> parts = new ArrayList<>();
    private final PartSizes sizes;
    private final PartBuffers buffers;

    /** A call that was given up may still read its part. */
    private volatile boolean repeated;

    private int partSize;
    private byte[] buffer = new byte[0];
    private int filled;
    private long bytes;

    /** Of the part that is sent; free again when that was acknowledged. */
    private byte @Nullable [] sent;

    private @Nullable Beside<Part> underway;

    /** @param id of the upload, given by the storage */
    record UploadTarget(String bucket, String name, String id) {}

    MinioUpload(
            MinioAsyncClient client,
            StorageCalls calls,
            MinioArchiveStore store,
            UploadTarget target,
            PartSizes sizes,
            PartBuffers buffers) {
        this.client = client;
        this.calls = calls;
        this.store = store;
        this.target = target;
        this.sizes = sizes;
        this.buffers = buffers;
        this.partSize = sizes.of(1);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        var from = offset;
        var end = offset + length;
        while (from < end) {
            var count = Math.min(end - from, partSize - filled);
            makeRoom(filled + count);
            System.arraycopy(source, from, buffer, filled, count);
            filled += count;
            from += count;
            if (filled == partSize) {
                send();
            }
        }
    }

    /** A small object takes no memory of a whole part. */
    private void makeRoom(int wanted) {
        if (wanted > buffer.length) {
            var larger = buffers.atLeast(Math.min(partSize, Math.max(wanted, 2 * buffer.length)));
            System.arraycopy(buffer, 0, larger, 0, filled);
            buffer = larger;
        }
    }

    private void send() {
        acknowledge();
        if (parts.size() == PartSizes.MOST_PARTS) {
            throw new StoreUnavailableException(
                    "the archive grew while it was written and needs more than 10,000 parts; a larger everstate.storage.part-size helps",
                    null);
        }
        var number = parts.size() + 1;
        var content = buffer;
        var length = filled;
        underway = Beside.begin("store-part", () -> store(number, content, length));
        bytes += length;
        filled = 0;
        partSize = sizes.of(number + 1);
        buffer = sent == null ? new byte[0] : sent;
        sent = content;
    }

    /** A storage that took nothing yet is given up soon, as one that is away when the upload begins. */
    private Part store(int number, byte[] content, int length) {
        var what = "store part %d (%d bytes) of".formatted(number, length);
        var tries = new AtomicInteger();
        StorageCalls.Call<UploadPartResponse> call = () -> {
            repeated |= tries.incrementAndGet() > 1;
            return client.uploadPart(UploadPartArgs.builder()
                    .bucket(target.bucket())
                    .object(target.name())
                    .uploadId(target.id())
                    .partNumber(number)
                    .data(content, length)
                    .build());
        };
        var answer =
                number == 1 ? calls.repeatable(what, target.name(), call) : calls.resumable(what, target.name(), call);
        return answer.part();
    }

    /** Until the part on its way has arrived. */
    private void acknowledge() {
        if (underway != null) {
            parts.add(underway.result());
            underway = null;
        }
    }

    /** The storage joins the parts that are named to it and asks for no others: the size is compared with what was written. */
    @Override
    public StoredObject complete() {
        if (filled > 0 || bytes == 0) {
            send();
        }
        acknowledge();
        var version = joinOrFindJoined();
        var stored = store.find(target.name(), version)
                .orElseThrow(() -> new StoreUnavailableException(
                        "the storage completed " + target.name() + " and does not have it", null));
        if (stored.bytes() != bytes) {
            throw new StoreUnavailableException(
                    "the storage has %d bytes of %s, %d were written".formatted(stored.bytes(), target.name(), bytes),
                    null);
        }
        store.wrote(stored);
        leaveBuffers();
        return stored;
    }

    private void leaveBuffers() {
        if (!repeated) {
            buffers.giveBack(buffer);
            if (sent != null) {
                buffers.giveBack(sent);
            }
        }
        buffer = new byte[0];
        sent = null;
    }

    /**
     * When the answer is lost, what the storage has decides.
     *
     * @return which version it is; null where the bucket keeps none
     */
    private @Nullable String joinOrFindJoined() {
        try {
            return join();
        } catch (StoreUnavailableException e) {
            return store.find(target.name(), null).orElseThrow(() -> e).id();
        }
    }

    /** Not repeated: a second try cannot tell its own first success from somebody else's object. */
    private @Nullable String join() {
        return calls.once(
                        "complete",
                        target.name(),
                        () -> client.completeMultipartUpload(CompleteMultipartUploadArgs.builder()
                                .bucket(target.bucket())
                                .object(target.name())
                                .uploadId(target.id())
                                .parts(parts.toArray(Part[]::new))
                                .extraHeaders(Map.of("If-None-Match", "*"))
                                .build()))
                .versionId();
    }

    /** Asks nothing of the storage, which may be why it is closed: the parts go with {@link ArchiveStore#delete}. */
    @Override
    public void close() {
        if (underway != null) {
            underway.giveUp();
        }
        parts.clear();
    }
}
