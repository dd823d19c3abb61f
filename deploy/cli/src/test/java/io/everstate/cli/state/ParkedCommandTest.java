package io.everstate.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.client.Watch.Finding;
import io.everstate.cli.client.Watch.Parked;
import io.everstate.cli.client.Watch.Resumed;
import io.everstate.cli.client.Watch.Settled;
import io.everstate.cli.client.Watch.Skipped;
import io.everstate.cli.console.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParkedCommandTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final UUID BOT = UUID.fromString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
    private static final Parked PARKED = new Parked(BOT, 3, "a type", "unknown event type", 4711, NOON, 41L, 57);

    @Test
    void listsWhichAndWhy() {
        assertThat(ParkedCommand.sheet(List.of())).isEqualTo("Every bot is followed.");
        assertThat(ParkedCommand.sheet(List.of(PARKED))).contains(BOT.toString(), "4711", "unknown event type");
    }

    @Test
    void saysWhatCameOfIt() {
        assertThat(ParkedCommand.sentence(new Resumed(BOT, null))).isEqualTo("Bot " + BOT + " is followed again.");
        assertThat(ParkedCommand.sentence(new Resumed(BOT, PARKED))).contains("parked again", "4711");
        assertThat(ParkedCommand.sentence(new Skipped(BOT, "SAVED", 41L, null))).endsWith("nothing is lost.");
        assertThat(ParkedCommand.sentence(new Skipped(BOT, "RESTORED", 41L, null)))
                .contains("its event 41")
                .endsWith("it is stopped.");
        assertThat(ParkedCommand.sentence(new Skipped(BOT, "RESTORED", null, null)))
                .contains("took it back to what was known of it;");
        assertThat(ParkedCommand.sentence(
                        new Skipped(BOT, "RESTORED", 41L, "backup before that: none: the storage is away")))
                .endsWith("it is stopped.\nbackup before that: none: the storage is away");
    }

    private static Finding finding(boolean valid, @Nullable Instant healed) {
        return new Finding(7, "GAP", null, BOT, 3, 9L, NOON, valid, List.of("numbers are missing"), healed, null);
    }

    @Test
    void whatIsWrongAndNotOverIsAFailure() {
        assertThat(ValidationsCommand.exitCode(List.of())).isEqualTo(ExitCode.OK);
        assertThat(ValidationsCommand.exitCode(List.of(finding(true, null), finding(false, NOON))))
                .isEqualTo(ExitCode.OK);
        assertThat(ValidationsCommand.exitCode(List.of(finding(false, null)))).isEqualTo(ExitCode.FAILED);
        assertThat(ValidationsCommand.sheet(List.of(finding(false, null))))
                .contains("bot " + BOT, "OPEN", "numbers are missing");
    }

    @Test
    void whatAPersonSettledIsOver() {
        var settled = new Finding(
                41,
                "LOST_END",
                null,
                BOT,
                3,
                9L,
                NOON,
                false,
                List.of("two events are lost"),
                NOON,
                new Settled("ann", "entered by hand"));

        assertThat(ValidationsCommand.exitCode(List.of(settled))).isEqualTo(ExitCode.OK);
        assertThat(ValidationsCommand.sheet(List.of(settled))).contains("41", "settled");
        assertThat(ValidationsCommand.sentence(settled)).isEqualTo("Finding 41 (LOST_END of bot " + BOT + ") is over.");
    }
}
