package io.everstate.state.snapshot.schedule;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.state.fold.FoldListener;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.FoldedTrade;
import io.everstate.state.mode.PresentMode;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Notices what is worth a snapshot of its own: a large trade and an emergency stop in what was folded, another mode of the system. Any number of
 * them is one.
 */
@Singleton
final class SignificantEvents implements FoldListener {
    private final PresentMode mode;
    private final Amount notional;
    private final Set<BotId> stopped = new HashSet<>();
    private final AtomicReference<@Nullable String> pending = new AtomicReference<>();

    SignificantEvents(PresentMode mode, SnapshotConfiguration configuration) {
        this.mode = mode;
        this.notional = Amount.of(configuration.significantNotional());
    }

    @Override
    public void committed(List<FoldedBatch> batches) {
        for (var batch : batches) {
            batch.trades().forEach(this::look);
            batch.bots().forEach(this::look);
        }
    }

    private void look(FoldedTrade folded) {
        var trade = folded.trade();
        if (trade.quantity().times(trade.price()).compareTo(notional) >= 0) {
            happened("bot " + folded.bot() + ": a trade of " + trade.quantity() + " " + trade.symbol());
        }
    }

    private void look(BotState bot) {
        if (bot.lifecycle().emergencyStop() == null) {
            stopped.remove(bot.id());
        } else if (stopped.add(bot.id())) {
            happened("bot " + bot.id() + ": an emergency stop");
        }
    }

    /** What waits for a snapshot stays what it is until one is taken. */
    void happened(String what) {
        pending.compareAndSet(null, what);
    }

    /** @param modeKnownUpTo what the newest snapshot knows of the mode; null when there is none, which is no reason to take one */
    boolean waiting(@Nullable Instant modeKnownUpTo) {
        return pending.get() != null || modeChanged(modeKnownUpTo).isPresent();
    }

    /** What happened in what was folded since it was asked last. A snapshot that is begun afterwards has it. */
    Optional<String> taken() {
        return Optional.ofNullable(pending.getAndSet(null));
    }

    /**
     * The mode, where it began later than that. It is asked of what is recorded, so that it is news once, however many replicas and restarts
     * there are, and also when it changed while there was none.
     */
    Optional<String> modeChanged(@Nullable Instant knownUpTo) {
        return mode.find()
                .filter(now -> knownUpTo != null && now.since().isAfter(knownUpTo))
                .map(now -> "the system's mode is " + now.mode() + ": " + now.reason());
    }
}
