package io.everstate.state.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.everstate.contracts.bot.Portfolio;
import io.everstate.state.TestJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A content is opened without any Everstate process. */
class StandardToolsTest {
    @TempDir
    Path directory;

    private static boolean installed(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
    }

    private String run(String command) throws Exception {
        var output = directory.resolve("output");
        var process = new ProcessBuilder(List.of("sh", "-c", command))
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    @Test
    void zstdcatAndJqShowABotsPortfolio() throws Exception {
        assumeThat(Stream.of("zstdcat", "jq")).as("tools on the PATH").allMatch(StandardToolsTest::installed);
        var bots = StoredContent.bots(new Random(81));
        Files.write(directory.resolve("content"), StoredContent.of(bots).bytes());

        var portfolio = run("zstdcat content | head -1 | jq .portfolio");

        assertThat(TestJson.format().read(portfolio.getBytes(StandardCharsets.UTF_8), Portfolio.class))
                .isEqualTo(bots.getFirst().portfolio());
    }

    @Test
    void zstdTestsAndUnpacksAllFrames() throws Exception {
        assumeThat(installed("zstd")).as("zstd on the PATH").isTrue();
        var content = StoredContent.of(BotSearchTest.bots(new Random(82)));
        Files.write(directory.resolve("content.ndjson.zst"), content.bytes());

        var lines = run("zstd --test --quiet content.ndjson.zst && zstdcat content.ndjson.zst | wc -l");

        assertThat(content.promised().frames().frames()).hasSizeGreaterThan(2);
        assertThat(lines.strip()).isEqualTo(String.valueOf(content.promised().bots()));
    }

    @Test
    void noBotsAreAStreamToo() throws Exception {
        assumeThat(installed("zstd")).as("zstd on the PATH").isTrue();
        Files.write(
                directory.resolve("content.ndjson.zst"),
                StoredContent.of(List.of()).bytes());

        var outcome = run("zstd --test --quiet content.ndjson.zst && echo whole");

        assertThat(outcome.strip()).isEqualTo("whole");
    }
}
