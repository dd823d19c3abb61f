package io.everstate.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestoreSheetTest {
    private static final UUID ID = UUID.fromString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
    private static final BotId BOT = BotId.of("0199f2a9-0b5e-7d11-8f60-52c1f7ab4e10");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final BotRestoreView BOT_RESTORED = found(null);

    private static BotRestoreView found(@Nullable String parked) {
        return new BotRestoreView(
                BOT,
                "trend",
                BotRestoreView.Outcome.FOUND,
                new BotRestoreView.Place(9, "a"),
                new BotRestoreView.Place(7, "b"),
                RestoreRung.LOG,
                null,
                List.of(),
                parked,
                List.of(new BotRestoreView.Change("portfolio.trades", "3", null)),
                2,
                3,
                null,
                false,
                null,
                null);
    }

    private static StateRestoreView restore(boolean dryRun) {
        return new StateRestoreView(
                ID,
                StateRestoreView.Kind.RESTORE,
                StateRestoreView.Status.COMPLETED,
                dryRun,
                "admin",
                null,
                BEGIN,
                BEGIN.plusMillis(20),
                RestoreRung.LOG,
                List.of("no valid snapshot was taken before"),
                dryRun ? null : ID,
                0,
                1,
                dryRun ? 0 : 1,
                0,
                0,
                2,
                3,
                100);
    }

    @Test
    void aDryRunSaysWhatWouldBe() {
        assertThat(RestoreSheet.of(restore(true), List.of(BOT_RESTORED))).isEqualTo("""
                Dry run %1$s is COMPLETED, nothing was changed: 1 of 1 bots would be restored from LOG; 2 events, 3 s would be undone.
                - no valid snapshot was taken before

                BOT                                   NAME   OUTCOME  NOW AT  GOES TO  FROM  CHECKPOINT  WHY
                %2$s  trend  FOUND         9        7  LOG            -

                %2$s:
                FIELD             NOW  WOULD BE
                portfolio.trades    3         -""".formatted(ID, BOT));
    }

    @Test
    void aRestoreSaysWhatBecameOfItAndWhereTheWayBackIs() {
        assertThat(RestoreSheet.of(restore(false), List.of(BOT_RESTORED.restoredBy(10))))
                .startsWith("Restore " + ID + " is COMPLETED after 20 ms: 1 of 1 bots restored from LOG, 0 failed,"
                        + " 0 left as they are; 2 events, 3 s undone. What was before is in snapshot " + ID + ".")
                .contains("RESTORED", "BEFORE");
    }

    @Test
    void ofABotThatWasParkedThenItSaysSoBesideWhyItFailed() {
        var parked = found("it was parked then");

        assertThat(RestoreSheet.of(restore(true), List.of(parked))).contains("it was parked then\n");
        assertThat(RestoreSheet.of(restore(true), List.of(parked.because("it runs"))))
                .contains("it was parked then; it runs");
    }
}
