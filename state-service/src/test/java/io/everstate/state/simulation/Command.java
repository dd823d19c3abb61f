package io.everstate.state.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One step of a run. It decides everything by its own seed, so that a run without some of its steps is a run too.
 *
 * @param seed of all that is random in it
 */
record Command(Kind kind, long seed) {
    enum Kind {
        /** A few records more. */
        WRITE(60),
        /** A replica writes what it folded, and reads on; it may die or be left without an answer anywhere in it. */
        STEP(120),
        /** A partition goes to another replica in good order. */
        MOVE(6),
        /** A replica is taken for dead, and knows nothing of it. */
        TIME_OUT(5),
        /** Who was taken for dead learns of it. */
        TELL(4),
        /** A replica dies between two steps; it is there again when it steps next. */
        DIE(4),
        /** The topic is deleted and made again, with a part of what it held. */
        TOPIC_ANEW(1),
        /** A partition loses its last records. */
        END_LOST(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static List<Command> of(long seed, int count) {
        var random = new Random(seed);
        var commands = new ArrayList<Command>();
        while (commands.size() < count) {
            commands.add(new Command(kind(random), random.nextLong()));
        }
        return commands;
    }

    /** Writing and reading in turn, and nothing else. */
    static List<Command> calm(long seed, int count) {
        var random = new Random(seed);
        var commands = new ArrayList<Command>();
        while (commands.size() < count) {
            commands.add(new Command(commands.size() % 3 == 0 ? Kind.WRITE : Kind.STEP, random.nextLong()));
        }
        return commands;
    }

    private static Kind kind(Random random) {
        var all = 0;
        for (var kind : Kind.values()) {
            all += kind.weight;
        }
        var left = random.nextInt(all);
        for (var kind : Kind.values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    @Override
    public String toString() {
        return kind + "(" + seed + ")";
    }
}
