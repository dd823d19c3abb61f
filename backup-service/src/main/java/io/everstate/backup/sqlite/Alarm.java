package io.everstate.backup.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.sqlite.SQLiteConnection;

/**
 * Interrupts what a connection does from a moment on until it is closed. Not by SQLite's progress handler: the driver has a single place for one,
 * which all connections of the process share.
 */
final class Alarm implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Alarm.class);
    private static final long AGAIN_MILLIS = 50;

    private final SQLiteConnection connection;
    private final CountDownLatch over = new CountDownLatch(1);

    private Alarm(SQLiteConnection connection) {
        this.connection = connection;
    }

    /** To be closed before the connection is. */
    static Alarm after(Duration deadline, SQLiteConnection connection) {
        var alarm = new Alarm(connection);
        Thread.ofPlatform().daemon().name("sqlite-alarm").start(() -> alarm.ring(deadline));
        return alarm;
    }

    /** Again and again, since SQLite forgets an interrupt that comes between two statements. */
    private void ring(Duration deadline) {
        try {
            for (var wait = deadline.toMillis(); !over.await(wait, TimeUnit.MILLISECONDS); wait = AGAIN_MILLIS) {
                interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.warnf("A check of a database cannot be ended: %s", e.getMessage());
        }
    }

    private synchronized void interrupt() throws SQLException {
        if (over.getCount() > 0) {
            connection.getDatabase().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        over.countDown();
    }
}
