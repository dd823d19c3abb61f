package io.everstate.bot.ownership;

import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log in memory whose records go nowhere before the test says so. */
final class MemoryLog implements EventLog {
    private final List<LogRecord> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<DeadLetter> aside = new ArrayList<>();
    private final List<CompletableFuture<Void>> confirmations = Collections.synchronizedList(new ArrayList<>());
    private boolean holdsReleases;

    @Override
    public CompletionStage<Void> append(int partition, LogRecord entry) {
        sent.add(entry);
        confirmations.add(
                entry instanceof OwnershipReleased && !holdsReleases
                        ? CompletableFuture.completedFuture(null)
                        : new CompletableFuture<>());
        return confirmations.getLast();
    }

    /** Else they are confirmed at once. */
    void holdReleases() {
        holdsReleases = true;
    }

    void confirmLast() {
        confirmations.getLast().complete(null);
    }

    OwnershipReleased lastRelease() {
        return (OwnershipReleased) sent.getLast();
    }

    @Override
    public void setAside(DeadLetter letter) {
        aside.add(letter);
    }

    List<DeadLetter> aside() {
        return aside;
    }

    List<LogRecord> sent() {
        return sent;
    }

    OwnershipClaimed lastClaim() {
        return (OwnershipClaimed) sent.getLast();
    }

    BotEventRecorded lastEvent() {
        return (BotEventRecorded) sent.getLast();
    }

    /** The event that was sent as the one of that number among the events, 1 for the first. */
    BotEventRecorded event(int number) {
        return sent.stream()
                .filter(BotEventRecorded.class::isInstance)
                .map(BotEventRecorded.class::cast)
                .skip(number - 1)
                .findFirst()
                .orElseThrow();
    }

    void failLast() {
        fail(confirmations.size() - 1);
    }

    void fail(int number) {
        confirmations.get(number).completeExceptionally(new IOException("no broker"));
    }
}
