package io.everstate.contracts.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.mode.SystemMode;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotViewTest {
    private static final SnapshotView FULL = new SnapshotView(
            UUID.fromString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55"),
            "FULL",
            1,
            Instant.parse("2026-01-01T00:00:00Z"),
            new TreeMap<>(Map.of(0, 12L, 1, 7L)),
            2,
            1234,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            true,
            null,
            null);

    private static final SnapshotView INCREMENTAL = new SnapshotView(
            UUID.fromString("0199f2a9-0b5e-7d11-8f60-52c1f7ab4e10"),
            "INCREMENTAL",
            2,
            Instant.parse("2026-01-01T00:05:00Z"),
            new TreeMap<>(Map.of(0, 15L, 1, 7L)),
            1,
            321,
            "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
            true,
            new SnapshotView.Base(FULL.id(), FULL.sha256()),
            null);

    private static final SnapshotView IN_SAFE_MODE = new SnapshotView(
            UUID.fromString("0199f2ae-1c4a-7a02-8d11-0b5f3f7c9d21"),
            "INCREMENTAL",
            2,
            Instant.parse("2026-01-01T00:10:00Z"),
            new TreeMap<>(Map.of(0, 18L, 1, 9L)),
            2,
            432,
            "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c",
            true,
            new SnapshotView.Base(INCREMENTAL.id(), INCREMENTAL.sha256()),
            SystemMode.SAFE);

    private final JacksonFormat json = new JacksonFormat();

    private static SnapshotView of(String name) {
        return switch (name) {
            case "full" -> FULL;
            case "incremental" -> INCREMENTAL;
            default -> IN_SAFE_MODE;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "incremental", "in-safe-mode"})
    void isWrittenAsItsGoldenText(String name) {
        assertThat(new String(json.write(of(name)), UTF_8)).isEqualTo(Golden.text("view/snapshot-" + name + ".json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "incremental", "in-safe-mode"})
    void isReadFromItsGoldenText(String name) {
        var text = Golden.text("view/snapshot-" + name + ".json").getBytes(UTF_8);

        assertThat(json.read(text, SnapshotView.class)).isEqualTo(of(name));
    }

    @Test
    void ofAWriterThatKnewNoBasesIsAFullOne() {
        assertThat(json.read(Golden.text("view/snapshot-full.json").getBytes(UTF_8), SnapshotView.class)
                        .base())
                .isNull();
    }
}
