package io.everstate.cli.tour;

import java.io.PrintStream;

/** Shows what happens, with the seconds since the tour began. */
final class Progress {

    private static final int WIDTH = 150;

    private final PrintStream screen;
    private final long begin = System.nanoTime();

    Progress(PrintStream screen) {
        this.screen = screen;
    }

    void step(String sentence) {
        screen.printf("%6.1f s  %s%n", seconds(), sentence);
    }

    /** Something beside the way of the tour; cut where it would fill several lines. */
    void aside(String sentence) {
        String shown = sentence.length() <= WIDTH ? sentence : sentence.substring(0, WIDTH - 3) + "...";
        screen.printf("%6.1f s      %s%n", seconds(), shown);
    }

    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
