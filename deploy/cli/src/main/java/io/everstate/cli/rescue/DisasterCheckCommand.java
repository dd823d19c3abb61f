package io.everstate.cli.rescue;

import io.everstate.cli.client.Rescue;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.recovery.DisasterCheckView;
import io.everstate.contracts.recovery.DisasterView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "disaster-check",
        description = "Looks for disasters now; ends with 1 if there is one, or a broken file that no backup can mend.")
public final class DisasterCheckCommand implements Callable<Integer> {

    @Mixin
    private final DataOption dataOption = new DataOption();

    @Mixin
    private final JsonOption jsonOption = new JsonOption();

    @Override
    public Integer call() {
        DisasterCheckView check = new Rescue(new Services(dataOption.data(), System.getenv())).check();
        System.out.println(jsonOption.show(check, () -> report(check)));
        return exitCode(check).number();
    }

    static ExitCode exitCode(DisasterCheckView check) {
        return check.disasters().isEmpty() && check.warnings().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    static String report(DisasterCheckView check) {
        StringBuilder text = new StringBuilder();
        if (check.disasters().isEmpty()) {
            text.append("No disaster. Looked at: %s.%n".formatted(String.join(", ", check.checked())));
        }
        check.warnings().forEach(warning -> text.append("Warning: %s.%n".formatted(warning)));
        for (DisasterView disaster : check.disasters()) {
            text.append("%s (%d of 10) of %s, detected at %s%n"
                    .formatted(disaster.type(), disaster.severity(), disaster.subject(), disaster.detectedAt()));
            disaster.evidence()
                    .forEach(evidence -> text.append("  %s: %s%n".formatted(evidence.signal(), evidence.finding())));
        }
        return text.toString().stripTrailing();
    }
}
