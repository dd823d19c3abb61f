package io.everstate.bot.platform;

import io.quarkus.logging.LoggingFilter;
import java.util.Objects;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Takes bots' tokens out of texts. freqtrade can send its token in the address only, and addresses are written into logs by whoever finds
 * something wrong with a request; what the service itself writes is masked already, this filter is for all others.
 */
@LoggingFilter(name = "bot-tokens")
public final class TokenMask implements Filter {
    private static final Pattern TOKEN = Pattern.compile("evb_[^\\s/?&\"'<>]+");
    private static final Pattern IN_ADDRESS = Pattern.compile("(/api/v1/ingest/[^/\\s]+/[^/\\s]+/)[^\\s?&\"'<>]+");
    private static final String MASK = "***";
    /** Causes can go in a circle. */
    private static final int DEEPEST = 20;

    private static final ExtFormatter FORMATTER = new PatternFormatter("%s");

    public static String masked(String text) {
        return text.contains("evb_") || text.contains("/ingest/")
                ? TOKEN.matcher(IN_ADDRESS.matcher(text).replaceAll("$1" + MASK))
                        .replaceAll("evb_" + MASK)
                : text;
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        if (entry instanceof ExtLogRecord extended) {
            var text = FORMATTER.formatMessage(extended);
            if (text != null && !masked(text).equals(text)) {
                extended.setMessage(masked(text), ExtLogRecord.FormatStyle.NO_FORMAT);
            }
            if (extended.getThrown() != null) {
                extended.setThrown(masked(extended.getThrown(), DEEPEST));
            }
        }
        return true;
    }

    /** The exception itself unless its text, or that of a cause, tells a token; then one with the same trace that does not. */
    private static Throwable masked(Throwable thrown, int deep) {
        var text = String.valueOf(thrown);
        var cause = thrown.getCause();
        var maskedCause = cause == null || deep == 0 ? null : masked(cause, deep - 1);
        if (masked(text).equals(text) && Objects.equals(maskedCause, cause)) {
            return thrown;
        }
        var masked = new MaskedException(masked(text), maskedCause);
        masked.setStackTrace(thrown.getStackTrace());
        return masked;
    }

    /** What was thrown, without the token in its text. */
    private static final class MaskedException extends RuntimeException {
        MaskedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
