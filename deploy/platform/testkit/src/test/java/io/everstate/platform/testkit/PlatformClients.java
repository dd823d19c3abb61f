package io.everstate.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.launcher.ObjectStorage;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.launcher.Platform;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Ordinary clients of the three parts, in the words of the contract. */
record PlatformClients(Platform platform, ObjectStorage storage) {

    PlatformClients(Platform platform) {
        this(platform, platform.storage());
    }

    PlatformClients withSecretKey(String secretKey) {
        return new PlatformClients(platform, new ObjectStorage(storage.endpoint(), storage.accessKey(), secretKey));
    }

    URI address(Part part) {
        return switch (part) {
            case KAFKA -> URI.create("kafka://" + platform.kafka());
            case POSTGRES -> URI.create(platform.database("state").url().substring("jdbc:".length()));
            case S3 -> storage.endpoint();
        };
    }

    /** Puts the word into all three parts; returns where. */
    String[] leaveTraces(String word) throws MinioException {
        String topic = newTopic();
        send(topic, word);
        String table = "traces_of_" + word;
        execute("state", "CREATE TABLE " + table + " (word text)", "INSERT INTO " + table + " VALUES ('" + word + "')");
        String bucket = newBucket();
        put(bucket, "traces/" + word, word);
        return new String[] {topic, table, bucket};
    }

    void assertTraces(String word, String... places) throws MinioException {
        assertThat(read(places[0])).containsExactly(word);
        assertThat(query("state", "SELECT word FROM " + places[1])).isEqualTo(word);
        assertThat(get(places[2], "traces/" + word)).isEqualTo(word);
    }

    String newTopic() {
        String topic = "contract-" + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.kafka()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            return topic;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(String topic, String... values) {
        Map<String, Object> configuration =
                Map.of("bootstrap.servers", platform.kafka(), "acks", "all", "max.block.ms", 5_000);
        try (var producer = new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> read(String topic) {
        Map<String, Object> configuration = Map.of("bootstrap.servers", platform.kafka());
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()));
            }
        }
        return values;
    }

    void execute(String database, String... statements) {
        try (Connection connection =
                        connect(database, platform.database(database).password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String query(String database, String sql) {
        try (Connection connection =
                        connect(database, platform.database(database).password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection connect(String name, String password) throws SQLException {
        Database database = platform.database(name);
        return DriverManager.getConnection(database.url(), database.user(), password);
    }

    String newBucket() throws MinioException {
        String bucket = "contract-" + UUID.randomUUID();
        s3().makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
        return bucket;
    }

    void put(String bucket, String key, String content) throws MinioException {
        s3().putObject(object(bucket, key, content).build());
    }

    void putIfAbsent(String bucket, String key, String content) throws MinioException {
        s3().putObject(object(bucket, key, content)
                .extraHeaders(Map.of("If-None-Match", "*"))
                .build());
    }

    String get(String bucket, String key) throws MinioException {
        try (GetObjectResponse object = s3().getObject(
                        GetObjectArgs.builder().bucket(bucket).object(key).build())) {
            return new String(object.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PutObjectArgs.Builder object(String bucket, String key, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return PutObjectArgs.builder().bucket(bucket).object(key).stream(
                new ByteArrayInputStream(bytes), (long) bytes.length, -1L);
    }

    private MinioClient s3() {
        return MinioClient.builder()
                .endpoint(storage.endpoint().toString())
                .credentials(storage.accessKey(), storage.secretKey())
                .build();
    }
}
