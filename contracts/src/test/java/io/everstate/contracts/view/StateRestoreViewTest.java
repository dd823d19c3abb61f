package io.everstate.contracts.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateRestoreViewTest {
    private static final UUID ID = UUID.fromString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
    private static final BotId BOT = BotId.of("0199f2a9-0b5e-7d11-8f60-52c1f7ab4e10");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static final StateRestoreRequest REQUEST =
            new StateRestoreRequest(null, BEGIN, null, BOT, null, "BTC/USD", true, false);

    private static final StateRestoreView RESTORE = new StateRestoreView(
            ID,
            StateRestoreView.Kind.RESTORE,
            StateRestoreView.Status.COMPLETED,
            false,
            "operator",
            REQUEST,
            BEGIN,
            BEGIN.plusMillis(345),
            RestoreRung.OLDER_SNAPSHOT,
            List.of("snapshot 1 did not verify"),
            ID,
            1,
            1,
            1,
            0,
            0,
            2,
            3,
            100);

    private static final BotRestoreView RESTORED = writing(null);
    private static final BotRestoreView PARKED = writing("it was parked then");

    private static BotRestoreView writing(@Nullable String parked) {
        return new BotRestoreView(
                BOT,
                "trend",
                BotRestoreView.Outcome.WRITING,
                new BotRestoreView.Place(9, HASH),
                new BotRestoreView.Place(7, HASH),
                RestoreRung.LOG,
                null,
                List.of("no valid snapshot was taken before"),
                parked,
                List.of(new BotRestoreView.Change("portfolio.symbols.BTC/USD.trades", "3", null)),
                2,
                3,
                null,
                false,
                null,
                null);
    }

    private final JacksonFormat json = new JacksonFormat();

    private static Object of(String name) {
        return switch (name) {
            case "request" -> REQUEST;
            case "restore" -> RESTORE;
            case "restored-bot" -> RESTORED.restoredBy(10).runningAgain();
            default -> PARKED.restoredBy(10).runningAgain();
        };
    }

    private static byte[] golden(String name) {
        return Golden.text("view/state-" + name + ".json").getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "restore", "restored-bot", "restored-parked-bot"})
    void isWrittenAsItsGoldenText(String name) {
        assertThat(new String(json.write(of(name)), UTF_8)).isEqualTo(new String(golden(name), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "restore", "restored-bot", "restored-parked-bot"})
    void isReadFromItsGoldenText(String name) {
        assertThat(json.read(golden(name), of(name).getClass())).isEqualTo(of(name));
    }

    @Test
    void reasonsAreToldOneBehindTheOther() {
        assertThat(RESTORED.because("first").because("second").reason()).isEqualTo("first; second");
        assertThat(RESTORED.ending(BotRestoreView.Outcome.FAILED, "last").eventsLost())
                .isZero();
    }

    @Test
    void thatItWasParkedStaysSaid() {
        assertThat(PARKED.withWayBack(ID)
                        .because("late")
                        .ending(BotRestoreView.Outcome.FAILED, "last")
                        .parked())
                .isEqualTo("it was parked then");
    }

    @Test
    void theWayBackOfABotStays() {
        assertThat(RESTORED.withWayBack(ID)
                        .restoredBy(10)
                        .runningAgain()
                        .because("late")
                        .wayBack())
                .isEqualTo(ID);
    }

    @Test
    void whoGoesOnIsCounted() {
        var resumed = RESTORE.resumed("state-service-2 went on");

        assertThat(resumed.resumed()).isEqualTo(2);
        assertThat(resumed.findings()).containsExactly("snapshot 1 did not verify", "state-service-2 went on");
        assertThat(resumed.took()).isEqualTo(345);
    }
}
