package io.everstate.bot.document;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;

/** How many documents may be under way in one direction; one bot never takes all of it. */
final class TransferRoom {
    private static final int OF_ONE_BOT = 2;

    private final int capacity;
    private final Map<BotId, Integer> taken = new HashMap<>();
    private int all;

    TransferRoom(int capacity) {
        this.capacity = capacity;
    }

    /** Given back by closing it, which may be done twice. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ProblemException UNAVAILABLE when there is none now */
    synchronized Place take(BotId bot) {
        if (all == capacity || taken.getOrDefault(bot, 0) == OF_ONE_BOT) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "too many checkpoints are under way now");
        }
        all++;
        taken.merge(bot, 1, Integer::sum);
        return new Place() {
            private boolean held = true;

            @Override
            public void close() {
                synchronized (TransferRoom.this) {
                    if (held) {
                        held = false;
                        giveBack(bot);
                    }
                }
            }
        };
    }

    private void giveBack(BotId bot) {
        all--;
        taken.computeIfPresent(bot, (_, count) -> count == 1 ? null : count - 1);
    }
}
