package io.everstate.state.simulation;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.TestLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes to all partitions of a real log, and everything that {@link RandomWriter} writes, again and again. */
final class Load {
    private static final int BOTS = 6;
    private static final int AT_ONCE = 5;
    private static final int PAUSE_MILLIS = 50;

    private final TestLog log;
    private final Random random;
    private final List<SimulatedPartition> partitions;
    private final List<List<BotId>> bots;

    Load(TestLog log, long seed) {
        this.log = log;
        this.random = new Random(seed);
        this.partitions = IntStream.range(0, log.partitions())
                .mapToObj(SimulatedPartition::new)
                .toList();
        this.bots = IntStream.range(0, log.partitions())
                .mapToObj(partition ->
                        Stream.generate(() -> log.newBot(partition)).limit(BOTS).toList())
                .toList();
    }

    /** While it is not closed records are written, a few at a time. */
    final class Writing implements AutoCloseable {
        private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        private final ScheduledFuture<?> writing =
                writer.scheduleWithFixedDelay(() -> log.write(more()), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);

        /** Returns when the last record is acknowledged. */
        @Override
        public void close() {
            writing.cancel(false);
            writer.close();
        }
    }

    Writing begin() {
        return new Writing();
    }

    private List<ConsumerRecord<String, byte[]>> more() {
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (int number = 0; number < partitions.size(); number++) {
            var partition = partitions.get(number);
            var from = partition.end();
            for (int i = 0; i < AT_ONCE; i++) {
                new RandomWriter(partition, bots.get(number), random).write();
            }
            records.addAll(partition.records().subList(from, partition.end()));
        }
        return records;
    }
}
