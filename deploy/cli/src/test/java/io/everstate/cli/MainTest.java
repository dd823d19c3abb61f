package io.everstate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commandLine =
            Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    static Stream<String> everyCommand() {
        return below(Main.commandLine());
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void showsHowACommandIsUsed(String command) {
        int exitCode = run(command + " --help");

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Usage: " + command).contains("--help");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void knowsTheCommandsOfEveryLevel() {
        assertThat(everyCommand())
                .contains("everstate", "everstate up", "everstate bots create", "everstate bots start");
    }

    @ParameterizedTest
    @CsvSource({
        "everstate restore, --backup-id, everstate restore",
        "everstate restore --backup-id yesterday, yesterday, everstate restore",
        "everstate backup --kind ALL, ALL, everstate backup",
        "everstate event-archive verify, --topic-id, everstate event-archive verify",
        "everstate up --colour red, --colour, everstate up",
        "everstate bots create --name x, --strategy, everstate bots create",
        "everstate bots start, <bot-id>, everstate bots start",
        "everstate bots restore, <bot-id>, everstate bots restore",
        "everstate bots restore x --sequence newest, newest, everstate bots restore",
        "everstate snapshots list --limit 0, --limit, everstate snapshots list",
        "everstate disaster-chek, Did you mean: everstate disaster-check, everstate",
    })
    void saysWhatIsWrongInSightOfThePerson(String typed, String sentence, String command) {
        int exitCode = run(typed);

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSizeBetween(2, 3)
                .anyMatch(line -> line.contains(sentence))
                .last()
                .isEqualTo("`" + command + " --help` shows how");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesADataDirectoryThatIsAFile(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("notes.txt"));

        assertThat(commandLine.execute("up", "--data", file.toString())).isEqualTo(6);
    }

    @Test
    void showsEveryCommandWhenNoneIsTyped() {
        int exitCode = run("everstate");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("disaster-check").endsWith("everstate: a command is missing\n");
    }

    private int run(String typed) {
        return commandLine.execute(Stream.of(typed.split(" ")).skip(1).toArray(String[]::new));
    }

    private static Stream<String> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec().qualifiedName()),
                command.getSubcommands().values().stream().flatMap(MainTest::below));
    }
}
