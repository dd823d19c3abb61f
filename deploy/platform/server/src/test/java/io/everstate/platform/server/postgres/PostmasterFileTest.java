package io.everstate.platform.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostmasterFileTest {

    @TempDir
    Path cluster;

    @Test
    void namesNobodyWhenThereIsNone() {
        assertThat(new PostmasterFile(cluster).running()).isEmpty();
        assertThat(new PostmasterFile(cluster).saysReady()).isFalse();
    }

    @Test
    void doesNotTakeAnotherProcessForPostgres() throws IOException {
        write(ProcessHandle.current().pid() + "\n" + cluster + "\n");

        assertThat(new PostmasterFile(cluster).running()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "-1\n", "not a number\n", "99999999999999999999\n", "999999999\n"})
    void namesNobodyWhenTheNumberIsNone(String content) throws IOException {
        write(content);

        assertThat(new PostmasterFile(cluster).running()).isEmpty();
    }

    @Test
    void readsThatPostgresServesClients() throws IOException {
        write("1\n" + cluster + "\n1767225600\n15432\n\n127.0.0.1\n 123 4\nready   \n");

        assertThat(new PostmasterFile(cluster).saysReady()).isTrue();
    }

    @Test
    void readsThatPostgresStillStarts() throws IOException {
        write("1\n" + cluster + "\n1767225600\n15432\n\n127.0.0.1\n 123 4\nstarting\n");

        assertThat(new PostmasterFile(cluster).saysReady()).isFalse();
    }

    private void write(String content) throws IOException {
        Files.writeString(cluster.resolve("postmaster.pid"), content);
    }
}
