package io.everstate.contracts.log;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotPartitionerTest {
    /** Calculated by another CRC-32C than the JDK's. Another number here would lead every stored bot astray. */
    @ParameterizedTest
    @CsvSource({
        "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11, 1, 0",
        "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11, 12, 3",
        "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11, 64, 47",
        "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c12, 1, 0",
        "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c12, 12, 3",
        "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c12, 64, 27",
        "00000000-0000-7000-8000-000000000000, 1, 0",
        "00000000-0000-7000-8000-000000000000, 12, 2",
        "00000000-0000-7000-8000-000000000000, 64, 50",
        "ffffffff-ffff-7fff-bfff-ffffffffffff, 1, 0",
        "ffffffff-ffff-7fff-bfff-ffffffffffff, 12, 8",
        "ffffffff-ffff-7fff-bfff-ffffffffffff, 64, 52"
    })
    void isTheSameForEver(String bot, int partitions, int expected) {
        assertThat(BotPartitioner.partitionOf(BotId.of(bot), partitions)).isEqualTo(expected);
    }

    @Test
    void spreadsBotsThatWereMadeOneAfterTheOther() {
        var bots = LongStream.range(0, 12_000).mapToObj(i -> new BotId(new UUID(0x019A_9B53_6E00_7C3DL, i)));

        var counts = bots.collect(groupingBy(bot -> BotPartitioner.partitionOf(bot, 12), counting()));

        assertThat(counts).hasSize(12);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(800L, 1_200L));
    }
}
