package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SF14")
class MissingBotsTest {
    private static final BotId BOT = SampleBots.id(1);
    private static final long DEADLINE = Duration.ofSeconds(30).toNanos();

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final MissingBots missing = new MissingBots(Duration.ofSeconds(30), now::get);

    @Test
    void aBotIsOverdueOnceItIsMissingForTheDeadline() {
        assertThat(missing.overdue(BOT)).isEmpty();
        now.addAndGet(DEADLINE - 1);
        assertThat(missing.overdue(BOT)).isEmpty();
        now.addAndGet(1);

        assertThat(missing.overdue(BOT))
                .hasValueSatisfying(why -> assertThat(why).contains("did not begin"));
    }

    @Test
    void theNewestReasonIsGiven() {
        missing.hindered(BOT, "first");
        missing.hindered(BOT, "then");
        missing.overdue(BOT);
        now.addAndGet(DEADLINE);

        assertThat(missing.overdue(BOT)).contains("then");
    }

    @Test
    void aReasonIsNewsOnce() {
        assertThat(missing.hindered(BOT, "closed")).isTrue();
        assertThat(missing.hindered(BOT, "closed")).isFalse();
        assertThat(missing.hindered(BOT, "gone")).isTrue();
    }

    @Test
    void aBotThatRanMeanwhileHasItsWholeTimeAgain() {
        missing.overdue(BOT);
        now.addAndGet(DEADLINE);
        missing.found(BOT);

        assertThat(missing.overdue(BOT)).isEmpty();
    }

    /** Before, a bot that came back to this process later was reported at once, with the reason of then. */
    @Test
    void ofABotThatIsGoneNothingIsKept() {
        missing.hindered(BOT, "closed");
        missing.overdue(BOT);
        now.addAndGet(DEADLINE);

        missing.forget(BOT::equals);

        assertThat(missing.overdue(BOT)).isEmpty();
        assertThat(missing.hindered(BOT, "closed")).as("news again").isTrue();
    }
}
