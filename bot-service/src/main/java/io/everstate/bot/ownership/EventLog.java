package io.everstate.bot.ownership;

import io.everstate.contracts.log.LogRecord;
import java.util.concurrent.CompletionStage;

/**
 * Where records are appended. A record that the log took is read again, in the log's order, by everyone who reads the partition; only then
 * it may count. An append that failed may have happened all the same, also later.
 */
interface EventLog {
    /** Never blocks and never throws; fails when the log did not confirm the record in time. */
    CompletionStage<Void> append(int partition, LogRecord entry);

    /** Keeps a record that is not ours where people find it. Returns at once and never fails. */
    void setAside(DeadLetter letter);
}
