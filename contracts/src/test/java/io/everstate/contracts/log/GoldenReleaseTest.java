package io.everstate.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the end of an ownership stands in the log, and what earlier versions take it for. */
class GoldenReleaseTest {
    private static final OwnershipReleased RELEASE = release(List.of());
    private static final OwnershipReleased OWING = release(List.of(
            BotId.of("019a9b53-0000-7000-8000-000000000001"), BotId.of("019a9b53-0000-7000-8000-000000000002")));
    /** The headers that a version knew which had releases and did not know of bots that are owed. */
    private static final Set<String> KNOWN_WITHOUT_OWED = Set.of(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_time",
            "ce_subject",
            "content-type",
            "ce_epoch",
            "ce_readto");

    private final RecordCodec codec = new RecordCodec(new JacksonFormat());

    private static OwnershipReleased release(List<BotId> owed) {
        return new OwnershipReleased(
                UUID.fromString("019a9b53-6e00-7000-8000-000000000000"),
                Instant.parse("2026-11-19T09:30:00Z"),
                "/everstate/bot-service/a1",
                2,
                "http://127.0.0.1:8081",
                41,
                owed);
    }

    static Stream<Arguments> releases() {
        return Stream.of(arguments("releases/1.txt", RELEASE), arguments("releases/2.txt", OWING));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("releases")
    void writesExactlyTheGoldenText(String file, OwnershipReleased release) {
        assertThat(Golden.textOf(codec.encode(release))).isEqualTo(Golden.text(file));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("releases")
    void readsTheGoldenTextAsTheSameRecord(String file, OwnershipReleased release) {
        var encoded = Golden.encoded(Golden.text(file));

        assertThat(codec.decode(encoded.headers(), encoded.data())).isEqualTo(release);
    }

    /** A version from before there were releases knows all of it but the one header. */
    @Test
    void isAClaimToAnEarlierVersionAndLeavesTheSameEpoch() {
        var known = new HashSet<>(KNOWN_WITHOUT_OWED);
        known.remove("ce_readto");

        assertThat(epochBehind(readBy(known, RELEASE))).isEqualTo(2);
        assertThat(readBy(known, RELEASE)).isInstanceOf(OwnershipClaimed.class);
    }

    /** It would go on with the owed bots as if nothing had been: it must take all of them for lost. */
    @Test
    void thatNamesBotsIsAClaimAlsoToAVersionThatKnowsReleases() {
        assertThat(readBy(KNOWN_WITHOUT_OWED, RELEASE)).isEqualTo(RELEASE);

        assertThat(readBy(KNOWN_WITHOUT_OWED, OWING)).isInstanceOf(OwnershipClaimed.class);
        assertThat(epochBehind(readBy(KNOWN_WITHOUT_OWED, OWING))).isEqualTo(2);
    }

    /** Nobody must go on behind a release of which it is not known what it owes. */
    @Test
    void ofWhichItCannotBeReadWhatItOwesIsForNobody() {
        var encoded = codec.encode(OWING);
        var without = new HashMap<>(encoded.headers());
        without.remove("ce_owed");
        var broken = new HashMap<>(encoded.headers());
        broken.put("ce_owed", "019a9b53-0000-7000-8000-000000000001,all");

        assertThat(codec.read(without, encoded.data())).isInstanceOf(Unattributable.class);
        assertThat(codec.read(broken, encoded.data())).isInstanceOf(Unattributable.class);
    }

    private LogRecord readBy(Set<String> known, OwnershipReleased release) {
        var encoded = codec.encode(release);
        var headers = new HashMap<>(encoded.headers());
        headers.keySet().retainAll(known);
        return codec.decode(headers, encoded.data());
    }

    private static long epochBehind(LogRecord entry) {
        var fold = new PartitionFold(1, List.of());
        fold.apply(entry);
        return fold.epoch();
    }
}
