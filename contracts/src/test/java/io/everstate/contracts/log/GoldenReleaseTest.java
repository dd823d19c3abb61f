package io.everstate.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How the end of an ownership stands in the log, and what versions from before there was one take it for. */
class GoldenReleaseTest {
    private static final String FILE = "releases/1.txt";
    private static final OwnershipReleased RELEASE = new OwnershipReleased(
            UUID.fromString("019a9b53-6e00-7000-8000-000000000000"),
            Instant.parse("2026-11-19T09:30:00Z"),
            "/everstate/bot-service/a1",
            2,
            "http://127.0.0.1:8081",
            41);

    private final RecordCodec codec = new RecordCodec(new JacksonFormat());

    @Test
    void writesExactlyTheGoldenText() {
        assertThat(Golden.textOf(codec.encode(RELEASE))).isEqualTo(Golden.text(FILE));
    }

    @Test
    void readsTheGoldenTextAsTheSameRecord() {
        var encoded = Golden.encoded(Golden.text(FILE));

        assertThat(codec.decode(encoded.headers(), encoded.data())).isEqualTo(RELEASE);
    }

    /** A version from before there were releases knows all of it but the one header. */
    @Test
    void isAClaimToAnEarlierVersionAndLeavesTheSameEpoch() {
        var encoded = codec.encode(RELEASE);
        var known = new HashMap<>(encoded.headers());
        known.remove("ce_readto");
        var earlier = codec.decode(known, encoded.data());

        var here = new PartitionFold(1, List.of());
        here.apply(RELEASE);
        var there = new PartitionFold(1, List.of());
        there.apply(earlier);

        assertThat(earlier).isInstanceOf(OwnershipClaimed.class);
        assertThat(there.epoch()).isEqualTo(here.epoch()).isEqualTo(2);
    }
}
