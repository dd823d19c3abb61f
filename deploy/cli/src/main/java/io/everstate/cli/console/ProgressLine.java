package io.everstate.cli.console;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** One line that is written over again and again while somebody waits at a terminal; nothing where the output goes to a file or a program. */
public final class ProgressLine {

    private static final String CLEARED = "\r\u001b[K";

    private final PrintStream screen;
    private final boolean watched;
    private boolean shown;

    public ProgressLine() {
        this(
                System.err,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
    }

    ProgressLine(PrintStream screen, boolean watched) {
        this.screen = screen;
        this.watched = watched;
    }

    public void show(String text) {
        if (watched) {
            screen.print(CLEARED + text);
            screen.flush();
            shown = true;
        }
    }

    /** Leaves the line as if nothing had been there. */
    public void end() {
        if (shown) {
            screen.print(CLEARED);
            screen.flush();
            shown = false;
        }
    }

    /** @return such as "34 % of 12.3 MB" */
    public static String share(long done, long total) {
        return "%d %% of %.1f MB".formatted(total == 0 ? 100 : Math.min(100, 100 * done / total), total / 1e6);
    }
}
