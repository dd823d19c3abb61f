package io.everstate.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.everstate.contracts.backup.SegmentJoinsView;
import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.contracts.backup.SegmentView;
import io.everstate.contracts.backup.TopicRestoreView;
import io.everstate.contracts.view.Page;
import io.everstate.platform.testkit.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A viewer's calls about the archive of the event log. */
public final class SegmentClient {
    private static final int PAGE = 7;

    private final URI service;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public SegmentClient(URI service) {
        this.service = service;
    }

    /** All partitions of one topic. */
    public List<SegmentPartitionView> partitions(String topicId) {
        return read("/api/v1/segment-partitions", new TypeReference<List<SegmentPartitionView>>() {}).stream()
                .filter(view -> view.topicId().equals(topicId))
                .toList();
    }

    /** What was joined of one topic. */
    public List<SegmentJoinsView> joins(String topicId) {
        return read("/api/v1/segment-joins", new TypeReference<List<SegmentJoinsView>>() {}).stream()
                .filter(view -> view.topicId().equals(topicId))
                .toList();
    }

    /** All of a partition, page by page. */
    public List<SegmentView> segments(String topicId, int partition) {
        var found = new ArrayList<SegmentView>();
        String after = null;
        do {
            var page = read(path(topicId, partition, after), new TypeReference<Page<SegmentView>>() {});
            found.addAll(page.items());
            after = page.next();
        } while (after != null);
        return found;
    }

    /** The first page of those from an offset on. */
    public List<SegmentView> from(String topicId, int partition, long offset) {
        var path = path(topicId, partition, null) + "&from=" + offset;
        return read(path, new TypeReference<Page<SegmentView>>() {}).items();
    }

    private static String path(String topicId, int partition, @Nullable String after) {
        var path = "/api/v1/segments?topicId=" + topicId + "&partition=" + partition + "&limit=" + PAGE;
        return after == null ? path : path + "&after=" + after;
    }

    /** Kafka's record batches. */
    public byte[] content(SegmentView segment) {
        var answer = send(contentPath(segment));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    public int contentStatus(SegmentView segment) {
        return send(contentPath(segment)).statusCode();
    }

    /** Why there is none. */
    public String contentProblem(SegmentView segment) {
        var answer = send(contentPath(segment));
        assertThat(answer.statusCode()).isEqualTo(503);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** An admin's call. */
    public TopicRestoreView restoreTopic(String topicId, String topic) {
        return post(Map.of("topicId", topicId, "topic", topic));
    }

    /** An admin's call. */
    public TopicRestoreView checkTopic(String topicId) {
        return post(Map.of("topicId", topicId, "dryRun", true));
    }

    public TopicRestoreView topicRestore(UUID id) {
        return read("/api/v1/topic-restores/" + id, new TypeReference<TopicRestoreView>() {});
    }

    private TopicRestoreView post(Map<String, Object> body) {
        try {
            var request = request("/api/v1/topic-restores", "admin")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
            var answer = send(request);
            assertThat(answer.statusCode()).isEqualTo(202);
            return json.readValue(answer.body(), TopicRestoreView.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contentPath(SegmentView segment) {
        return "/api/v1/segments/" + segment.topicId() + "/" + segment.partition() + "/" + segment.firstOffset()
                + "/content";
    }

    private <T> T read(String path, TypeReference<T> type) {
        var answer = send(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        try {
            return json.readValue(answer.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<byte[]> send(String path) {
        return send(request(path, "viewer"));
    }

    private HttpRequest.Builder request(String path, String role) {
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + TestIdentity.shared().token(role));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
