package io.everstate.backup.segments.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.platform.Defaults;
import io.everstate.backup.segments.join.Runs.Found;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunsTest {
    private final Runs runs = new Runs(configuration(Map.of(
            "everstate.segments.join.size", "1000",
            "everstate.segments.join.at-most", "4")));

    private static JoinConfiguration configuration(Map<String, String> keys) {
        return Defaults.of(JoinConfiguration.class, keys);
    }

    private static Tile tile(long first, long bytes) {
        return new Tile(first, first + 10, "object " + first, "sum " + first, bytes);
    }

    private static List<Tile> tiles(long bytes, long... firsts) {
        return LongStream.of(firsts).mapToObj(first -> tile(first, bytes)).toList();
    }

    @Test
    void hasTheseDefaults() {
        var configuration = configuration(Map.of());

        assertThat(configuration.enabled()).isTrue();
        assertThat(configuration.lookEvery()).isEqualTo("1m");
        assertThat(configuration.after()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.size().asLongValue()).isEqualTo(8 << 20);
        assertThat(configuration.atMost()).isEqualTo(1000);
        assertThat(configuration.grace()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void areCompleteWithAsManyAsMayBe() {
        assertThat(runs.first(tiles(1, 0, 10, 20, 30))).isEqualTo(new Found(tiles(1, 0, 10, 20, 30), 40));
        assertThat(runs.first(tiles(1, 0, 10, 20, 30, 40))).isEqualTo(new Found(tiles(1, 0, 10, 20, 30), 40));
    }

    @Test
    void areCompleteWhereTheNextOneDoesNotFit() {
        assertThat(runs.first(tiles(400, 0, 10, 20))).isEqualTo(new Found(tiles(400, 0, 10), 20));
    }

    @Test
    void reachOverNoGap() {
        assertThat(runs.first(tiles(1, 0, 10, 30, 40))).isEqualTo(new Found(tiles(1, 0, 10), 20));
    }

    @Test
    void waitForMore() {
        assertThat(runs.first(tiles(1, 0, 20, 30, 40))).isEqualTo(new Found(List.of(), 20));
        assertThat(runs.first(tiles(1, 0))).isEqualTo(new Found(List.of(), 0));
    }

    @Test
    void areNeverOfOne() {
        assertThat(runs.first(tiles(1, 0, 20, 40))).isEqualTo(new Found(List.of(), 40));
    }

    @Test
    void areNoLargerThanWhatIsRead() {
        assertThatThrownBy(() -> new Runs(configuration(Map.of("everstate.segments.join.size", "32M"))))
                .hasMessageContaining("fewer than 32M");
    }
}
