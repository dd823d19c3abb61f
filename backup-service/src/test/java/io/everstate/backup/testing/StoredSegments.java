package io.everstate.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.SegmentView;
import io.everstate.contracts.backup.SegmentView.Status;
import io.everstate.platform.testkit.TestPlatform;
import io.minio.CopyObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.SourceObject;
import io.minio.errors.MinioException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.MemoryRecords;
import org.jspecify.annotations.Nullable;

/** What must be true of the archive of every log, judged by the log itself and by the bucket. */
public final class StoredSegments {
    private StoredSegments() {}

    /** A record to compare, with all there is of it. */
    private record Compared(
            long offset,
            long timestamp,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            List<Header> headers) {}

    /** Every record of a partition up to the log's present end is archived once, as it was, and the bucket has no object besides. */
    public static void assertWhole(EventLog log, SegmentClient client, String bucket) {
        for (var partition : EventLog.partitions()) {
            var segments = client.segments(log.id(), partition);
            assertTiled(segments, log.end(partition));
            var archived = new ArrayList<Compared>();
            segments.forEach(segment -> archived.addAll(records(client.content(segment))));
            assertThat(archived).as("partition %d", partition).isEqualTo(logged(log, partition));
            assertThat(objects(bucket, "segments/" + log.id() + "/" + partition + "/"))
                    .containsExactlyElementsOf(
                            segments.stream().map(SegmentView::objectName).toList());
        }
    }

    private static void assertTiled(List<SegmentView> segments, long end) {
        var next = 0L;
        for (var segment : segments) {
            assertThat(segment.status()).isEqualTo(Status.STORED);
            assertThat(segment.firstOffset()).isEqualTo(next);
            next = segment.lastOffset() + 1;
        }
        assertThat(next).isEqualTo(end);
    }

    /** All there is of each record that the log has of a partition, to be compared. */
    public static List<? extends Record> logged(EventLog log, int partition) {
        return log.records(partition).stream()
                .map(stored -> new Compared(
                        stored.offset(),
                        stored.timestamp(),
                        stored.key() == null ? null : ByteBuffer.wrap(stored.key()),
                        stored.value() == null ? null : ByteBuffer.wrap(stored.value()),
                        List.of(stored.headers().toArray())))
                .toList();
    }

    private static List<Compared> records(byte[] batches) {
        var found = new ArrayList<Compared>();
        MemoryRecords.readableRecords(ByteBuffer.wrap(batches)).batches().forEach(batch -> {
            batch.ensureValid();
            batch.forEach(stored -> found.add(new Compared(
                    stored.offset(),
                    stored.timestamp(),
                    stored.key(),
                    stored.value(),
                    List.of(new RecordHeaders(stored.headers()).toArray()))));
        });
        return found;
    }

    /** In their order. */
    public static List<String> objects(String bucket, String prefix) {
        var names = new ArrayList<String>();
        var listing = minio().listObjects(ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .build());
        try {
            for (var item : listing) {
                names.add(item.get().objectName());
            }
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    public static long firstOffset(String object) {
        var file = object.substring(object.lastIndexOf('/') + 1);
        return Long.parseLong(file.substring(0, file.indexOf('.')));
    }

    public static void delete(String bucket, String name) {
        try {
            minio().removeObject(RemoveObjectArgs.builder()
                    .bucket(bucket)
                    .object(name)
                    .build());
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts what another object holds in its place. */
    public static void overwrite(String bucket, String name, String other) {
        try {
            minio().copyObject(CopyObjectArgs.builder()
                    .bucket(bucket)
                    .object(name)
                    .source(SourceObject.builder().bucket(bucket).object(other).build())
                    .build());
        } catch (MinioException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MinioClient minio() {
        var access = TestPlatform.shared().storage();
        return MinioClient.builder()
                .endpoint(access.endpoint().toString())
                .region("us-east-1")
                .credentials(access.accessKey(), access.secretKey())
                .build();
    }
}
