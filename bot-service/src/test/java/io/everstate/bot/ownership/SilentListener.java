package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import java.util.List;

/** Hears nothing. */
public final class SilentListener implements OwnershipListener {
    @Override
    public void owned(int partition, long epoch, List<BotState> bots, Inheritance inheritance) {}

    @Override
    public void applied(int partition, BotState state) {}

    @Override
    public void skipped(int partition, SkipReason reason) {}

    @Override
    public void lost(int partition, String why) {}
}
