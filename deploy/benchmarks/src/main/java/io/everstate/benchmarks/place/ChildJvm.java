package io.everstate.benchmarks.place;

import io.everstate.cli.place.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A main class of the benchmarks in a JVM of its own, so that it starts as cold as a service does. */
public final class ChildJvm {

    private ChildJvm() {}

    /** Returns what it printed; anything but a good end is an error. */
    public static String run(List<String> jvm, Class<?> main, List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Installation.find().java().toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread killer = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(killer);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(killer);
            if (code != 0) {
                throw new IllegalStateException(main.getSimpleName() + " ended with " + code + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
