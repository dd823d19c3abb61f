package io.everstate.backup.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedListTest {
    private static final PackedList.Codec<String> TEXT = new PackedList.Codec<>() {
        @Override
        public void write(String value, DataOutput target) throws IOException {
            Texts.write(value, target);
        }

        @Override
        public String read(DataInput source) throws IOException {
            return Texts.read(source);
        }
    };

    private static PackedList<String> packed(List<String> values) {
        var builder = new PackedList.Builder<>(TEXT);
        values.forEach(builder::add);
        return builder.build();
    }

    @ParameterizedTest(name = "of {0}")
    @ValueSource(ints = {0, 1, PackedList.BLOCK - 1, PackedList.BLOCK, PackedList.BLOCK + 1, 5 * PackedList.BLOCK + 7})
    void givesWhatWasAddedInItsOrder(int size) {
        var values = IntStream.range(0, size).mapToObj(number -> "é" + number).toList();

        assertThat(packed(values)).isEqualTo(values);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesAnyValueAtAnyTime(int seed) {
        var random = new Random(seed);
        var values =
                random.ints(3 * PackedList.BLOCK).mapToObj(Integer::toString).toList();
        var packed = packed(values);

        assertThat(random.ints(200, 0, values.size()))
                .allSatisfy(index -> assertThat(packed.get(index)).isEqualTo(values.get(index)));
    }

    static IntStream seeds() {
        return IntStream.range(0, 5);
    }

    @Test
    void holdsTextsThatAreAlikeInAFewBytes() {
        var values = IntStream.range(0, 100_000)
                .mapToObj("workspace/user_data/hyperopts/results-%06d.json"::formatted)
                .toList();

        assertThat(packed(values).packedBytes() / values.size()).isLessThan(10);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {-1, 3})
    void hasNothingBeyondItsEnds(int index) {
        var packed = packed(List.of("a", "b", "c"));

        assertThatThrownBy(() -> packed.get(index)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
