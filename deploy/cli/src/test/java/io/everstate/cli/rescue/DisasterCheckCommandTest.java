package io.everstate.cli.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Json;
import io.everstate.contracts.recovery.DisasterCheckView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisasterCheckCommandTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");
    private static final List<String> CHECKED = List.of("bot-service", "workspace default");
    private static final String LOST =
            "configs/alert_config.json of workspace default is MISSING, and no backup holds it: put it there yourself";

    @Test
    void endsWellWhenThereIsNothing() {
        var well = new DisasterCheckView(AT, CHECKED, List.of());

        assertThat(DisasterCheckCommand.exitCode(well)).isEqualTo(ExitCode.OK);
        assertThat(DisasterCheckCommand.report(well))
                .isEqualTo("No disaster. Looked at: bot-service, workspace default.");
    }

    @Test
    void endsWithOneAndSaysWhatNoBackupCanMend() {
        var warned = new DisasterCheckView(AT, CHECKED, List.of(), List.of(LOST));

        assertThat(DisasterCheckCommand.exitCode(warned)).isEqualTo(ExitCode.FAILED);
        assertThat(DisasterCheckCommand.report(warned))
                .isEqualTo("No disaster. Looked at: bot-service, workspace default.%nWarning: %s.".formatted(LOST));
    }

    @Test
    void readsAnAnswerWithoutWarnings() throws JsonProcessingException {
        var answer = "{\"at\": \"2026-11-21T10:15:30Z\", \"checked\": [\"bot-service\"], \"disasters\": []}";

        var check = Json.MAPPER.readValue(answer, DisasterCheckView.class);

        assertThat(check.warnings()).isEmpty();
    }
}
