package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class LogReaderTest {
    private static final long END = 5;

    private final MadeUpLog log = new MadeUpLog(END, 100);
    private final LogReader reader = log.reader();

    private void follow(int partitions) {
        for (var partition = 0; partition < partitions; partition++) {
            reader.follow(partition, 0);
        }
    }

    private LogReader.Read poll() {
        return reader.poll(Duration.ZERO, _ -> false);
    }

    @Test
    void findsTheOneThatCannotBeReadAndReadsTheOthers() {
        log.damage(2, 0);
        follow(4);
        var read = new TreeMap<Integer, Integer>();
        var unreadable = new TreeMap<Integer, String>();

        for (var polls = 0; polls < 10; polls++) {
            var next = poll();
            next.records().forEach((partition, records) -> read.merge(partition, records.size(), Integer::sum));
            unreadable.putAll(next.unreadable());
            next.unreadable().keySet().forEach(reader::leave);
        }

        assertThat(unreadable).containsOnlyKeys(2);
        assertThat(unreadable.get(2)).contains("Received exception when fetching");
        assertThat(read)
                .containsOnlyKeys(0, 1, 3)
                .allSatisfy((_, records) -> assertThat(records).isEqualTo((int) END));
        assertThat(log.consumers()).as("the others' place is kept").isEqualTo(1);
    }

    @Test
    void whatCannotBeReadHoldsNobodyUpWhileItIsNotWanted() {
        log.damage(1, 0);
        follow(2);

        var read = reader.poll(Duration.ZERO, partition -> partition == 1);

        assertThat(read.records()).containsOnlyKeys(0);
        assertThat(log.paused()).containsExactly(1);
    }

    @Test
    void readsOnWithAnotherConsumerWhereTheLastOneDidNotClose() {
        log.doesNotClose();
        follow(1);
        reader.forget();

        follow(1);

        assertThat(poll().records()).containsOnlyKeys(0);
        assertThat(log.consumers()).isEqualTo(2);
    }

    @Test
    void readsOnWithAnotherConsumerAfterADefectOfTheLastOne() {
        follow(2);
        log.failOnce(new IllegalStateException("Unexpected error code 42 while fetching"));
        assertThatThrownBy(this::poll).isInstanceOf(IllegalStateException.class);

        follow(1);

        assertThat(poll().records()).containsOnlyKeys(0);
        assertThat(log.consumers()).isEqualTo(2);
    }

    @Test
    void isNotBrokenByAConsumerThatCouldNotBeMade() {
        log.refuseConsumers();
        assertThatThrownBy(() -> reader.follow(7, 0)).isInstanceOf(LogUnavailableException.class);
        log.allowConsumers();

        follow(2);

        assertThat(poll().records()).containsOnlyKeys(0, 1);
    }

    @Test
    void saysThatTheLogIsAwayWhenItFailsThoughNothingWasWanted() {
        follow(1);
        log.failOnce(new KafkaException("away"));

        assertThatThrownBy(() -> reader.poll(Duration.ZERO, _ -> true)).isInstanceOf(LogUnavailableException.class);

        follow(1);
        assertThat(poll().records()).containsOnlyKeys(0);
    }
}
