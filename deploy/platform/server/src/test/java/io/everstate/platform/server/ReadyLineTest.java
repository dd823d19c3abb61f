package io.everstate.platform.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadyLineTest {

    @Test
    void saysWhereEverythingIs() {
        String line = ReadyLine.ready(new PortPlan(1, 2, 3, 4, 5), Duration.ofMillis(6));

        assertThat(line)
                .isEqualTo("{\"ready\":true,\"kafka\":\"127.0.0.1:1\",\"postgres\":\"127.0.0.1:3\","
                        + "\"s3\":\"http://127.0.0.1:4\",\"health\":\"http://127.0.0.1:5/health\",\"pid\":"
                        + ProcessHandle.current().pid() + ",\"afterMillis\":6}");
    }

    @Test
    void staysOneLineOfJsonWhateverTheReason() {
        assertThat(ReadyLine.refused("a \"b\" \\ c\nd"))
                .isEqualTo("{\"ready\":false,\"error\":\"a \\\"b\\\" \\\\ c\\u000ad\"}");
    }
}
