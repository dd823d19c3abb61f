package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.platform.Defaults;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.SegmentOrigin;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTailsTest {
    private static final String TOPIC_ID = "q3ZbH1b7RkWm0y8b2V5uXg";
    private static final int PARTITIONS = 12;
    private static final int MEMORY = 1 << 20;
    /** One poll's records are of two partitions at most, each of which begins one batch of at most that size for them. */
    private static final int ONE_POLL = 2 * (1 << 17);

    /** Nothing is full, and nothing is due but for memory. */
    private final SegmentsConfiguration configuration = Defaults.of(
            SegmentsConfiguration.class,
            Map.of(
                    "everstate.segments.size", "31M",
                    "everstate.segments.memory", "1M",
                    "everstate.segments.every", "1h"));

    private static LogPartition partition(int number) {
        return new LogPartition(TOPIC_ID, number);
    }

    private static void follow(PartitionTails tails, int partitions) {
        for (var number = 0; number < partitions; number++) {
            tails.follow(
                    new SegmentOrigin(MadeUpLog.TOPIC, PARTITIONS, partition(number)),
                    new Opening.From(0, null, Long.MAX_VALUE));
        }
    }

    private PartitionTails tails(MadeUpLog log) {
        return new PartitionTails(log.reader(), configuration);
    }

    /** Twelve times as much is in the log, and nothing of it is stored. */
    @Test
    void holdsNoMoreThanMemoryAndOnePollWhileNothingIsStored() {
        var log = new MadeUpLog(1_000, 1_000);
        var tails = tails(log);
        follow(tails, PARTITIONS);

        for (var polls = 0; polls < PARTITIONS * 1_000 / MadeUpLog.RECORDS; polls++) {
            tails.read(Duration.ZERO);
            assertThat(tails.heldBytes()).as("poll %d", polls).isLessThanOrEqualTo(MEMORY + ONE_POLL);
        }

        assertThat(tails.heldBytes()).as("as much as may be").isGreaterThanOrEqualTo(MEMORY);
        assertThat(log.paused())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, PARTITIONS).boxed().toList());
        assertThat(tails.due()).as("memory makes room by storing").isPresent();
    }

    /** Segments on their way count until they are stored. */
    @Test
    void readsOnWhenWhatIsOnItsWayIsStoredAndNotBefore() {
        var log = new MadeUpLog(2_000, 1_000);
        var tails = tails(log);
        follow(tails, 1);
        while (tails.due().isEmpty()) {
            tails.read(Duration.ZERO);
        }
        var tail = tails.due().orElseThrow();
        tail.begin();
        var end = tail.end();

        tails.read(Duration.ZERO);
        assertThat(tail.end()).as("on its way").isEqualTo(end);
        tail.stored();
        tails.read(Duration.ZERO);

        assertThat(tail.end()).isGreaterThan(end);
    }

    @Test
    void saysWhichPartitionCannotBeReadAndReadsTheOthers() {
        var log = new MadeUpLog(20, 10);
        log.damage(1, 0);
        var tails = tails(log);
        follow(tails, 3);
        var unreadable = new TreeMap<Integer, String>();

        for (var polls = 0; polls < 20; polls++) {
            tails.read(Duration.ZERO)
                    .unreadable()
                    .forEach((partition, why) -> unreadable.put(partition.partition(), why));
        }

        assertThat(unreadable).containsOnlyKeys(1);
        assertThat(tails.has(partition(1))).isFalse();
        assertThat(tails.find(partition(0)))
                .isNotNull()
                .extracting(PartitionTail::end)
                .isEqualTo(20L);
        assertThat(tails.find(partition(2)))
                .isNotNull()
                .extracting(PartitionTail::end)
                .isEqualTo(20L);
    }

    /** Else they would be read and thrown away at each look, and be archived never. */
    @Test
    void recordsInFrontOfTheDamageAreDueAtOnce() {
        var log = new MadeUpLog(20, 10);
        log.damage(0, 4);
        var tails = tails(log);
        follow(tails, 2);

        for (var polls = 0; polls < 10; polls++) {
            tails.read(Duration.ZERO);
        }

        var due = tails.due().orElseThrow();
        assertThat(due.partition()).isEqualTo(partition(0));
        assertThat(due.begin().finish().header().endOffset()).isEqualTo(4);
        due.stored();
        assertThat(due.isAtItsEnd()).isTrue();
    }

    @Test
    void dropsAllWhenTheReaderFailsAndFollowsThemAgain() {
        var log = new MadeUpLog(5, 10);
        var tails = tails(log);
        follow(tails, 2);
        log.failOnce(new IllegalStateException("a defect of Kafka's client"));
        assertThatThrownBy(() -> tails.read(Duration.ZERO)).hasMessageContaining("a defect");
        assertThat(tails.isEmpty()).isTrue();

        follow(tails, 2);
        tails.read(Duration.ZERO);

        assertThat(tails.heldBytes()).isPositive();
    }

    @Test
    void followsNothingWhereTheReaderCannot() {
        var log = new MadeUpLog(5, 10);
        var tails = tails(log);
        log.refuseConsumers();
        assertThatThrownBy(() -> follow(tails, 1)).isInstanceOf(LogUnavailableException.class);
        assertThat(tails.isEmpty()).isTrue();
        log.allowConsumers();

        follow(tails, 1);
        tails.read(Duration.ZERO);

        assertThat(tails.heldBytes()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "32M", "2G"})
    void refusesSegmentsThatNobodyCouldReadAgain(String size) {
        var refused = Defaults.of(SegmentsConfiguration.class, Map.of("everstate.segments.size", size));

        assertThatThrownBy(() -> new PartitionTails(new MadeUpLog(0, 0).reader(), refused))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("everstate.segments.size");
    }
}
