package io.everstate.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.sample.EverySeed;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.sample.RandomRecords;
import java.util.stream.Stream;

class RecordCodecPropertiesTest {
    private final RecordCodec codec = new RecordCodec(new JacksonFormat());

    @EverySeed
    void readsBackWhatItWrote(long seed) {
        var random = new RandomRecords(seed);
        var entries = Stream.generate(random::any).limit(50).toList();

        var read = entries.stream().map(codec::encode).map(this::decoded).toList();

        assertThat(read).isEqualTo(entries);
    }

    @EverySeed
    void writesTheSameTextAgain(long seed) {
        var random = new RandomRecords(seed);
        var encoded = Stream.generate(random::any).limit(20).map(codec::encode).toList();

        var again = encoded.stream().map(this::decoded).map(codec::encode).toList();

        assertThat(again).usingRecursiveFieldByFieldElementComparator().isEqualTo(encoded);
    }

    /** States that the fold made can be written into a checkpoint, and read from it. */
    @EverySeed
    void readsBackEveryStateThatTheFoldMakes(long seed) {
        var json = new JacksonFormat();
        var fold = new PartitionFold();
        new RandomRecords(seed).log(300).forEach(fold::apply);

        var read = fold.bots().stream()
                .map(state -> json.read(json.write(state), state.getClass()))
                .toList();

        assertThat(read).isEqualTo(fold.bots());
    }

    private LogRecord decoded(EncodedRecord encoded) {
        return codec.decode(encoded.headers(), encoded.data());
    }
}
