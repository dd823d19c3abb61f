package io.everstate.contracts.log;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.sample.Story;
import io.everstate.contracts.wire.EventTypes;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenRecordsTest {
    /** One directory for each time that a wire text changed; only the newest is still written. */
    private static final List<String> STORIES = Golden.files("records");

    private static final List<String> FILES = Golden.files(STORIES.getLast());
    private final RecordCodec codec = new RecordCodec(new JacksonFormat());

    static Stream<Arguments> story() {
        var records = Story.records();
        return IntStream.range(0, records.size()).mapToObj(i -> Arguments.of(FILES.get(i), records.get(i)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("story")
    void writesExactlyTheGoldenText(String file, LogRecord entry) {
        var encoded = codec.encode(entry);

        assertThat(Golden.textOf(encoded)).isEqualTo(Golden.text(file));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("story")
    void readsTheGoldenTextAsTheSameRecord(String file, LogRecord entry) {
        var encoded = Golden.encoded(Golden.text(file));

        assertThat(codec.decode(encoded.headers(), encoded.data())).isEqualTo(entry);
    }

    static List<String> stories() {
        return STORIES;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void foldsEveryVersionEverShipped(String story) {
        var fold = new PartitionFold();
        var files = Golden.files(story);

        var outcomes = files.stream().map(file -> fold.apply(read(file))).toList();

        assertThat(outcomes).hasSameSizeAs(files).hasOnlyElementsOfTypes(Claimed.class, Applied.class);
        assertThat(fold.find(Story.BOT)).contains(Story.after(files.size()));
        assertThat(fold.find(Story.OTHER)).isEqualTo(Story.after(Story.OTHER, files.size()));
    }

    @Test
    void holdsAGoldenRecordOfEveryType() {
        var types =
                new HashSet<>(EventTypes.byName(BotEvent.DOMAIN, BotEvent.class).keySet());
        types.add(OwnershipClaimed.TYPE);

        var golden = FILES.stream()
                .map(file -> Golden.encoded(Golden.text(file)).headers().get("ce_type"))
                .collect(toSet());

        assertThat(golden).containsAll(types);
    }

    private LogRecord read(String file) {
        var encoded = Golden.encoded(Golden.text(file));
        return codec.decode(encoded.headers(), encoded.data());
    }
}
