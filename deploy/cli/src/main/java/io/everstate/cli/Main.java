package io.everstate.cli;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new EverstateCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, arguments) -> refused(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> ended(failure));
        documentExitCodes(commandLine.getCommandSpec());
        return commandLine;
    }

    /** What is wrong and where to read on: the whole usage would push the sentence out of sight. */
    private static int refused(ParameterException wrong) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("everstate: " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("`" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help` shows how");
        err.flush();
        return ExitCode.USAGE.number();
    }

    /** One sentence for what was foreseen; a defect shows its whole trace. */
    private static int ended(Exception failure) {
        if (failure instanceof CommandFailedException foreseen) {
            System.err.println("everstate: " + foreseen.getMessage());
            return foreseen.exitCode().number();
        }
        System.err.println("everstate: this should not happen");
        failure.printStackTrace();
        return ExitCode.FAILED.number();
    }

    private static void documentExitCodes(CommandSpec spec) {
        UsageMessageSpec usage = spec.usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(exitCodes());
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.number()), code.meaning());
        }
        return codes;
    }
}
