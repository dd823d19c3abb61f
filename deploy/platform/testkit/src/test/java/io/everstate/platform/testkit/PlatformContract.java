package io.everstate.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.platform.launcher.Part;
import io.everstate.platform.launcher.Platform;
import io.minio.errors.MinioException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every platform does, wherever its parts come from. */
interface PlatformContract {

    /** A running platform that can be paused, the same for all tests of a class. */
    Platform platform();

    private PlatformClients clients() {
        return new PlatformClients(platform());
    }

    @Test
    default void givesBackTheRecordsKafkaAcknowledged() {
        String topic = clients().newTopic();

        clients().send(topic, "first", "second");

        assertThat(clients().read(topic)).containsExactly("first", "second");
    }

    @Test
    default void createsNoTopicThatNobodyAskedFor() {
        String topic = "never-created-" + UUID.randomUUID();

        assertThatThrownBy(() -> clients().send(topic, "lost")).hasMessageContaining(topic);
    }

    @Test
    default void hasADatabaseForEachServiceThatKeepsWhatWasCommitted() {
        for (String database : List.of("state", "backup", "recovery")) {
            clients().execute(database, "CREATE TABLE contract (word text)", "INSERT INTO contract VALUES ('kept')");

            assertThat(clients().query(database, "SELECT word FROM contract")).isEqualTo("kept");
            clients().execute(database, "DROP TABLE contract");
        }
    }

    @ParameterizedTest
    @EnumSource
    default void acknowledgesACommitOnlyWhenItIsOnDisk(DurabilitySetting setting) {
        assertThat(clients().query("state", "SHOW " + setting)).isEqualTo("on");
    }

    /** PostgreSQL's settings without which an acknowledged commit can be lost. */
    enum DurabilitySetting {
        fsync,
        synchronous_commit,
        full_page_writes
    }

    @Test
    default void refusesAWrongDatabasePassword() {
        assertThatThrownBy(() -> clients().connect("state", "wrong")).hasMessageContaining("password");
    }

    @Test
    default void givesBackTheObjectThatWasPut() throws MinioException {
        String bucket = clients().newBucket();

        clients().put(bucket, "a/b/object", "content");

        assertThat(clients().get(bucket, "a/b/object")).isEqualTo("content");
    }

    @Test
    default void overwritesNoObjectThatMustNotExistYet() throws MinioException {
        String bucket = clients().newBucket();
        clients().putIfAbsent(bucket, "object", "first");

        assertThatThrownBy(() -> clients().putIfAbsent(bucket, "object", "second"))
                .hasMessageContaining("condition");

        assertThat(clients().get(bucket, "object")).isEqualTo("first");
    }

    @Test
    default void refusesAWrongSecretKey() {
        assertThatThrownBy(() -> clients().withSecretKey("not-the-secret").newBucket())
                .isInstanceOf(MinioException.class);
    }

    @ParameterizedTest
    @EnumSource
    default void refusesConnectionsToAPausedPartAndServesAgainAfterwards(Part part) {
        URI address = clients().address(part);

        platform().pause(part);

        assertThat(platform().health().up(part)).isFalse();
        assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()).close())
                .isInstanceOf(ConnectException.class);
        platform().resume(part);
        assertThat(platform().health().up()).isTrue();
    }

    @Test
    default void keepsEverythingOverARestart() throws MinioException {
        String[] places = clients().leaveTraces("restart");

        platform().restart();

        clients().assertTraces("restart", places);
    }

    @Test
    default void keepsEverythingThatWasAcknowledgedWhenItIsKilled() throws MinioException {
        String[] places = clients().leaveTraces("kill");

        platform().kill();

        assertThat(platform().health().up()).isFalse();
        platform().restart();
        clients().assertTraces("kill", places);
    }

    @Test
    default void canBeKilledDuringAnOutage() {
        platform().pause(Part.S3);

        platform().kill();

        platform().restart();
        assertThat(platform().health().up()).isTrue();
    }
}
