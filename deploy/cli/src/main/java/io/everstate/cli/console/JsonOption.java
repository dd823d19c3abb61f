package io.everstate.cli.console;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** {@code --json}, of commands whose answer a program may want to read. */
public final class JsonOption {

    @Option(names = "--json", description = "show the answer as JSON")
    private boolean json;

    /** Whether it was given: of a command that asks for another answer then. */
    public boolean wanted() {
        return json;
    }

    /** The answer in the form that was asked for. */
    public String show(Object answer, Supplier<String> forPeople) {
        return json ? Json.pretty(answer) : forPeople.get();
    }
}
