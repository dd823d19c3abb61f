package io.everstate.bot.ownership;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One partition, some replicas, a log and a network, all in one thread and all decided by one seed: records are delayed and lost, replicas
 * crash and come back, the group moves the partition and tells the old owner late or never, readers lag behind, commands are repeated.
 */
final class Simulation {
    private static final int REPLICAS = 3;
    private static final int STEPS = 600;

    private final Random random;
    private final SteppingClock clock = new SteppingClock();
    private final SimulatedNetwork network;
    private final Promises promises;
    private final List<SimulatedReplica> replicas;

    Simulation(long seed, Fault fault) {
        this.random = new Random(seed);
        this.network = new SimulatedNetwork(random, fault);
        this.promises = new Promises(fault, new Handovers(network.log()));
        this.replicas = IntStream.range(0, REPLICAS)
                .mapToObj(number -> new SimulatedReplica("replica-" + number, network, promises, clock, random))
                .toList();
    }

    /** Runs to the end and tells every broken promise; empty when all were kept. */
    List<String> run() {
        replicas.getFirst().assign();
        for (var step = 0; step < STEPS; step++) {
            clock.now = clock.now.plusMillis(random.nextInt(40));
            step(replicas.get(random.nextInt(REPLICAS)));
        }
        network.settle();
        replicas.forEach(replica -> replica.read(Integer.MAX_VALUE));
        network.settle();
        replicas.forEach(replica -> replica.read(Integer.MAX_VALUE));
        return promises.brokenIn(network.log(), replicas);
    }

    private void step(SimulatedReplica replica) {
        switch (random.nextInt(60)) {
            case 0, 1 -> replica.assign();
            case 2, 3 -> replica.surrender();
            case 4 -> replica.end();
            case 5, 6 -> network.stallOrRelease();
            case 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 -> replica.commands();
            case 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37 -> network.deliver();
            default -> replica.read(1 + random.nextInt(3));
        }
    }

    Promises.Seen seen() {
        return promises.seen(network.log());
    }

    private static final class SteppingClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("one zone is enough here");
        }
    }
}
