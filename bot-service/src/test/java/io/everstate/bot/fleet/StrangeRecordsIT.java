package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.BotPartitioner;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records among the bots' events that are not ours, or of a version to come, and a real bot-service that reads them. */
class StrangeRecordsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String UNKNOWN = "io.everstate.bot.bot-cloned.v2";

    @TempDir
    Path directory;

    @Test
    void parkOneBotAndStopNoOther() {
        try (var platform = ProcessPlatform.start(PlatformOptions.in(directory.resolve("platform"))
                        .ports(Ports.free())
                        .secrets(Secrets.generate()));
                var service = BotServiceProcess.start(platform, "alone", directory, 1)) {
            var parked = service.create("parked", "RESUME");
            var other = service.create("other", "RESUME");
            service.act(parked, "start");

            write(platform.kafka(), new ProducerRecord<>(Topics.BOT_EVENTS, partitionOf(other), "theirs", new byte[] {7
            }));
            write(platform.kafka(), unknown(service, parked));

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(service.bot(parked)
                                    .body()
                                    .path("parked")
                                    .path("type")
                                    .asText())
                            .isEqualTo(UNKNOWN));
            assertThat(service.get("/api/v1/bots")
                            .body()
                            .at("/parked/" + parked + "/type")
                            .asText())
                    .isEqualTo(UNKNOWN);
            assertThat(service.get("/api/v1/bots").body().at("/parked").has(other))
                    .isFalse();
            var refused = service.act(parked, "stop");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().path("detail").asText()).contains(UNKNOWN);
            assertThat(service.act(other, "start").status()).isEqualTo(200);
            assertThat(deadLetters(platform.kafka())).singleElement().satisfies(letter -> {
                assertThat(letter.value()).containsExactly(7);
                assertThat(letter.key()).startsWith(partitionOf(other) + "-");
            });

            service.process().kill();
            service.process().restart();

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(service.bot(parked).body().has("parked")).isTrue());
            assertThat(partition(service, parked).path("parked").has(parked)).isTrue();
            var known = service.bot(parked).body();
            assertThat(restore(service, parked, known).status()).isEqualTo(200);
            assertThat(service.bot(parked).body().has("parked")).isFalse();
            assertThat(service.get("/api/v1/bots").body().has("parked")).isFalse();
            assertThat(service.act(parked, "start").status()).isEqualTo(200);
        }
    }

    /** Before, all bots of its partition were taken for lost when a healthy owner handed them over. */
    @Test
    @Tag("SF5")
    void aParkedBotOfALostOwnerKeepsNoOtherFromBeingHandedOver() {
        try (var platform = ProcessPlatform.start(PlatformOptions.in(directory.resolve("platform"))
                        .ports(Ports.free())
                        .secrets(Secrets.generate()));
                var leaves = BotServiceProcess.start(platform, "leaves", directory.resolve("leaves"), 50)) {
            var parked = leaves.create("parked", "MANUAL");
            var other = besides(leaves, parked);
            leaves.act(parked, "start");
            write(platform.kafka(), unknown(leaves, parked));
            await().atMost(SOON).until(() -> leaves.bot(parked).body().has("parked"));
            leaves.process().kill();
            leaves.process().restart();
            await().atMost(SOON).until(() -> leaves.act(other, "start").status() == 200);

            try (var stays = BotServiceProcess.start(platform, "stays", directory.resolve("stays"), 50)) {
                await().atMost(SOON)
                        .until(() -> stays.get("/api/v1/partitions").body().size() > 0);
                leaves.process().close();

                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(
                                        partition(stays, parked).path("parked").has(parked))
                                .isTrue());
                var trades = trades(stays, other);
                await().atMost(SOON).until(() -> trades(stays, other) > trades + 2);
                assertThat(stays.bot(other)
                                .body()
                                .path("lifecycle")
                                .path("restarts")
                                .asInt())
                        .isZero();
                assertThat(stays.metrics()).contains("everstate_bot_successions_total{kind=\"handed_over\"");
            }
        }
    }

    private static long trades(BotServiceProcess service, String bot) {
        return service.bot(bot).body().path("portfolio").path("trades").asLong();
    }

    /** Another bot of its partition. */
    private static String besides(BotServiceProcess service, String bot) {
        return IntStream.range(0, 200)
                .mapToObj(number -> service.create("placed-" + number, "MANUAL"))
                .filter(placed -> partitionOf(placed) == partitionOf(bot))
                .findFirst()
                .orElseThrow();
    }

    private static BotServiceProcess.Answer restore(BotServiceProcess service, String bot, JsonNode known) {
        var state = ((ObjectNode) known).without("parked");
        return service.post("/api/v1/bots/" + bot + "/restore", "{\"state\": " + state + "}");
    }

    private static int partitionOf(String bot) {
        return BotPartitioner.partitionOf(BotId.of(bot), 12);
    }

    private static JsonNode partition(BotServiceProcess service, String bot) {
        for (var owned : service.get("/api/v1/partitions").body()) {
            if (owned.path("partition").asInt() == partitionOf(bot)) {
                return owned;
            }
        }
        throw new AssertionError("the partition of bot " + bot + " is not owned");
    }

    /** Of the present owner, with the bot's next number. */
    private static ProducerRecord<String, byte[]> unknown(BotServiceProcess service, String bot) {
        var next = service.bot(bot).body().path("sequence").asLong() + 1;
        var entry =
                new ProducerRecord<>(Topics.BOT_EVENTS, partitionOf(bot), bot, "{}".getBytes(StandardCharsets.UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_source",
                        "/everstate/bot-service/later",
                        "ce_type",
                        UNKNOWN,
                        "ce_time",
                        Instant.now().toString(),
                        "ce_subject",
                        bot,
                        "ce_epoch",
                        partition(service, bot).path("epoch").asText(),
                        "ce_sequence",
                        Long.toString(next))
                .forEach((name, value) -> entry.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return entry;
    }

    private static void write(String kafka, ProducerRecord<String, byte[]> entry) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            var _ = producer.send(entry);
        }
    }

    private static List<ConsumerRecord<String, byte[]>> deadLetters(String kafka) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(Topics.BOT_EVENTS_DEAD_LETTER, 0)));
            var letters = new ArrayList<ConsumerRecord<String, byte[]>>();
            await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                return !letters.isEmpty();
            });
            return letters;
        }
    }
}
