package io.everstate.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for the message of a failed test. */
final class LastLines {

    private static final int SHOWN = 30;

    private LastLines() {}

    static String of(Path log) {
        try {
            // a killed process may have left half a character
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return "last lines of " + log + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read: " + e;
        }
    }
}
