package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.place.Place;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * The classic protocol with the cooperative assignor beside KIP-848 (group.protocol=consumer): how long partitions are without a member when
 * one joins, leaves or dies. The members are plain consumers, so that nothing but the protocol is measured.
 */
final class GroupProtocols {

    private static final int PARTITIONS = 12;
    private static final List<String> PROTOCOLS = List.of("classic", "consumer");

    private final PrintStream out;

    GroupProtocols(PrintStream out) {
        this.out = out;
    }

    void run(int rounds) throws InterruptedException {
        try (Place place = Place.make()) {
            PeerTopic.make(place.kafka(), PARTITIONS);
            for (int round = 1; round <= rounds; round++) {
                for (String protocol : PROTOCOLS) {
                    measure(place, protocol, round);
                }
            }
        }
    }

    private void measure(Place place, String protocol, int round) {
        String group = "protocols-" + protocol + "-" + round;
        try (GroupMember stays = GroupMember.start(place, protocol, group, "stays");
                GroupMember leaves = GroupMember.start(place, protocol, group, "leaves")) {
            shared(stays, leaves);
            double leave = seconds(leaves::leave, stays);
            leaves.startAgain();
            shared(stays, leaves);
            double death = seconds(leaves::kill, stays);
            double join = seconds(leaves::startAgain, stays, leaves);
            out.printf(
                    Locale.ROOT,
                    "round %d: %s: all %d partitions have a member again %.2f s after one left, %.2f s after one died; shared %.2f s after one was started%n",
                    round,
                    protocol,
                    PARTITIONS,
                    leave,
                    death,
                    join);
        }
    }

    private static double seconds(Runnable change, GroupMember... members) {
        long begin = System.nanoTime();
        change.run();
        shared(members);
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Each has some, and together all. */
    private static void shared(GroupMember... members) {
        GroupMember.awaitShared(PARTITIONS, members);
    }
}
