package io.everstate.cli.tour;

import java.io.PrintStream;

/** Shows what happens, with the seconds since the tour began. */
final class Progress {

    private final PrintStream screen;
    private final long begin = System.nanoTime();

    Progress(PrintStream screen) {
        this.screen = screen;
    }

    void step(String sentence) {
        screen.printf("%6.1f s  %s%n", seconds(), sentence);
    }

    /** Something beside the way of the tour. */
    void aside(String sentence) {
        screen.printf("%6.1f s      %s%n", seconds(), sentence);
    }

    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
