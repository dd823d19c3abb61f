package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.SteppedBot.BARS;
import static io.everstate.bot.hosting.SteppedBot.BOT;
import static io.everstate.bot.hosting.SteppedBot.NAIVE;
import static io.everstate.bot.hosting.SteppedBot.PLAIN;
import static io.everstate.bot.hosting.SteppedBot.TAPE;
import static io.everstate.bot.hosting.SteppedBot.tick;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.TapeFeed;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.StopReason;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One run of a bot on the real tape, and what ends it. */
class BotRunnerTest {
    private static final long FIRST_FILL = NAIVE.getFirst().feedPosition();

    private final SteppedBot bot = new SteppedBot(PLAIN);

    @Test
    void tradesAsANaiveRunDoes() {
        tick(bot.runner(TAPE), BARS);

        assertThat(bot.fills()).hasSizeGreaterThan(20).isEqualTo(NAIVE);
    }

    @Test
    @Tag("PT4")
    void aCheckpointMovesThePlaceToGoOnFrom() {
        var runner = bot.runner(TAPE);
        tick(runner, 37);

        bot.submit(new TakeCheckpoint("test", runner::newest));

        var symbol = requireNonNull(bot.state().portfolio().symbols().get(SampleBots.SYMBOL));
        assertThat(symbol.feedPosition()).isEqualTo(36);
        assertThat(symbol.currentPrice())
                .isEqualTo(TAPE.bar(SampleBots.SYMBOL, 36).orElseThrow().close());
    }

    @Test
    void stopsAtTheFeedsEnd() {
        var days = TapeFeed.bundled(Duration.ofDays(1), false);

        tick(bot.runner(days), days.length() + 1);

        assertThat(bot.state().lifecycle().stopReason()).isEqualTo(StopReason.FEED_ENDED);
    }

    @Test
    void aStopDuringABarEndsTheRunForGood() {
        var runner = bot.runner(new InterruptedTape(FIRST_FILL, () -> bot.submit(new StopBot(StopReason.COMMAND))));

        tick(runner, BARS);
        bot.submit(new StartBot());
        tick(runner, BARS);

        assertThat(bot.fills()).isEmpty();
    }

    @Test
    @Tag("PT13")
    void aFailedAppendEndsTheRun() {
        var log = bot.log();
        var runner = bot.runner(new InterruptedTape(FIRST_FILL, () -> log.fail(true)));
        tick(runner, Math.toIntExact(FIRST_FILL) + 1);
        log.fail(false);
        log.claimAgain();

        tick(runner, BARS);

        assertThat(log.ownerships().owns(BOT)).isTrue();
        assertThat(bot.fills()).isEmpty();
    }

    /** Before, the run ended, and the bot was shown as running but never traded again. */
    @Test
    void aFillThatFindsTooManyCommandsWaitingIsCarriedOutLater() {
        var runner = bot.runner(new InterruptedTape(FIRST_FILL, bot::crowd));
        tick(runner, Math.toIntExact(FIRST_FILL) + 1);
        assertThat(bot.fills()).isEmpty();

        bot.log().release();
        tick(runner, BARS - Math.toIntExact(FIRST_FILL) - 1);

        assertThat(bot.fills()).isEqualTo(NAIVE);
    }
}
