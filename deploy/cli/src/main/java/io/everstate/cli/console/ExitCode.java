package io.everstate.cli.console;

/** How a command ends; documented in {@code everstate --help} and in deploy/cli/README.md. */
public enum ExitCode {
    OK(0, "done, and all is well"),
    FAILED(1, "the work or the check failed"),
    USAGE(2, "the command line or a value in it is wrong"),
    UNREACHABLE(3, "nothing answers there"),
    DENIED(4, "the token is not accepted, or its role does not suffice"),
    REFUSED(5, "the service refused: unknown id, conflict, or a part is away"),
    NOT_STARTED(6, "a port is taken, the data directory is in use or cannot be made, or a process does not start");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
