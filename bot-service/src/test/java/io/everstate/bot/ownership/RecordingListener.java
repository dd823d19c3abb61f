package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.Parking;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Notes what it hears. */
final class RecordingListener implements OwnershipListener {
    final List<String> heard = new ArrayList<>();
    /** At the newest ownership. */
    Set<BotId> owed = Set.of();

    @Override
    public void owned(int partition, long epoch, List<BotState> bots, Inheritance inheritance) {
        owed = inheritance.owed();
        var how = switch (inheritance.succession()) {
            case LOST -> "";
            case CONTINUED -> ", continued";
            case HANDED_OVER -> ", handed over";
        };
        heard.add("owned %d, epoch %d, %d bots%s".formatted(partition, epoch, bots.size(), how));
    }

    @Override
    public void applied(int partition, BotState state) {
        heard.add("applied %d".formatted(state.sequence()));
    }

    @Override
    public void skipped(int partition, SkipReason reason) {
        heard.add("skipped " + reason);
    }

    @Override
    public void fenced(int partition, BotEventRecorded late) {
        heard.add("fenced " + late.sequence());
    }

    @Override
    public void foreign(int partition) {
        heard.add("foreign");
    }

    @Override
    public void parked(int partition, BotId bot, Parking parking) {
        heard.add("parked");
    }

    @Override
    public void lost(int partition, String why) {
        heard.add("lost %d".formatted(partition));
    }
}
