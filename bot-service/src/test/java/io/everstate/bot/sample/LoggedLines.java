package io.everstate.bot.sample;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What one class says in the log until this is closed, as people read it: level and sentence. */
public final class LoggedLines implements AutoCloseable {
    private static final PatternFormatter AS_READ = new PatternFormatter("%p %s");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler listener = new Listener();
    private final Logger logger;

    public LoggedLines(Class<?> speaker) {
        logger = Logger.getLogger(speaker.getName());
        logger.addHandler(listener);
    }

    public List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.removeHandler(listener);
    }

    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord entry) {
            lines.add(AS_READ.format(entry));
        }

        @Override
        public void flush() {
            // nothing waits
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
