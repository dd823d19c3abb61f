package io.everstate.state.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.state.TestJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contents as they were stored once. A file that was shipped is never changed; a new format gets one of its own. */
class GoldenContentTest {
    private static final BotId SECOND = BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c12");

    private record Promised(long bots, long bytes, String sha256) {}

    private static byte[] file(String name) throws IOException {
        try (var stored = GoldenContentTest.class.getResourceAsStream("/golden/content/" + name)) {
            return Objects.requireNonNull(stored, name).readAllBytes();
        }
    }

    private static StoredContent golden(ContentFormat format) throws IOException {
        var folder = format.version() + "/";
        var json = TestJson.format();
        var promised = json.read(file(folder + "promised.json"), Promised.class);
        var frames = format == ContentFormat.GZIP
                ? FrameIndex.NONE
                : json.read(file(folder + "frames.json"), FrameIndex.class);
        return new StoredContent(
                new SnapshotContent(format, promised.bots(), promised.bytes(), promised.sha256(), frames),
                file(folder + "content" + format.suffix()));
    }

    @ParameterizedTest
    @EnumSource(ContentFormat.class)
    void verifiesForEver(ContentFormat format) throws IOException {
        assertThat(golden(format).inspected().findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ContentFormat.class)
    void holdsTheStatesForEver(ContentFormat format) throws IOException {
        assertThat(golden(format).states())
                .extracting(BotState::id, BotState::sequence)
                .containsExactly(
                        tuple(BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11"), 21L),
                        tuple(SECOND, 9L),
                        tuple(BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c13"), 6L));
    }

    @Test
    void ofTheFirstFormatIsSearchedLineByLine() throws IOException {
        var content = golden(ContentFormat.GZIP);

        var found = new BotSearch(SECOND, TestJson.format()).inAll(new ByteArrayInputStream(content.bytes()));

        assertThat(found).hasValueSatisfying(bot -> assertThat(bot.sequence()).isEqualTo(9));
    }

    @Test
    void ofTheSecondFormatIsSearchedByItsFrames() throws IOException {
        var content = golden(ContentFormat.ZSTD_FRAMES);

        var frame = content.promised().frames().holding(SECOND).orElseThrow();

        assertThat(content.promised().frames().frames()).hasSize(2);
        assertThat(new BotSearch(SECOND, TestJson.format()).inFrame(content.frame(frame)))
                .hasValueSatisfying(bot -> assertThat(bot.sequence()).isEqualTo(9));
    }
}
