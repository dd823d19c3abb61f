package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.cli.console.Json;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.platform.testkit.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each partition of the log has one replica, each on another broker, and one of them dies. */
class LeaderlessPartitionIT {

    private static final int SOME = 10;
    private static final String NO_LEADER = "no broker leads this partition";

    @AutoClose
    private final ThreeBrokers brokers;

    @AutoClose
    private final ServiceProcess backups;

    LeaderlessPartitionIT(@TempDir Path directory) throws Exception {
        brokers = ThreeBrokers.start(directory);
        makeTopic();
        Database database = TestPlatform.shared().newDatabase();
        backups = ServiceProcess.of("backup-service")
                .configuration(TestPlatform.shared().configuration("bucket=leaderless-" + UUID.randomUUID()))
                .set("kafka.bootstrap.servers", brokers.bootstrapServers())
                .set("quarkus.datasource.jdbc.url", database.url())
                .set("quarkus.datasource.username", database.user())
                .set("quarkus.datasource.password", database.password())
                .set("everstate.workspaces.default.directory", directory.resolve("workspace"))
                .set("everstate.segments.every", "1s")
                .start();
    }

    private void makeTopic() {
        Map<Integer, List<Integer>> replicas = Map.of(0, List.of(1), 1, List.of(2), 2, List.of(3));
        NewTopic topic = new NewTopic(Topics.BOT_EVENTS, replicas);
        Patience.await("the topic is there", () -> "", () -> {
            try (Admin admin = admin()) {
                if (!admin.listTopics().names().get().contains(Topics.BOT_EVENTS)) {
                    admin.createTopics(List.of(topic)).all().get();
                }
            }
        });
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()));
    }

    @Test
    void holdsUpTheArchiveOfNoOtherPartition() throws Exception {
        write(0, 1, 2);
        archived(1, SOME);

        brokers.kill(2);
        await(
                "it is said",
                () -> assertThat(partition(1).path("failure").asText()).isEqualTo(NO_LEADER));
        write(0, 2);
        archived(0, 2 * SOME);
        archived(2, 2 * SOME);

        brokers.start(2);
        write(1);
        archived(1, 2 * SOME);
        assertThat(partition(1).has("failure")).isFalse();
    }

    private void write(int... partitions) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers.bootstrapServers(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int partition : partitions) {
                for (int i = 0; i < SOME; i++) {
                    producer.send(new ProducerRecord<>(Topics.BOT_EVENTS, partition, null, new byte[i]))
                            .get();
                }
            }
        }
    }

    private void archived(int partition, long end) {
        await(
                "partition %d is archived to %d".formatted(partition, end),
                () -> assertThat(partition(partition).path("archivedTo").asLong())
                        .isEqualTo(end));
    }

    private JsonNode partition(int number) throws IOException {
        Answer answer = Answer.get(
                backups.url().resolve("/api/v1/segment-partitions"),
                TestIdentity.shared().token("viewer"));
        return Json.MAPPER
                .readTree(answer.body())
                .valueStream()
                .filter(partition -> partition.path("partition").asInt() == number)
                .findFirst()
                .orElseThrow();
    }

    private void await(String what, ThrowingRunnable condition) {
        Patience.await(what, () -> LastLines.of(backups.log()), condition);
    }
}
