package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.problem.ProblemType;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an owner does with a bot whose record it does not understand. */
class ParkedBotsTest extends PartitionOwnershipFixture {
    private static final String TYPE = "io.everstate.bot.bot-cloned.v1";
    private static final long OFFSET = 17;

    @BeforeEach
    void ownABot() {
        own();
        created();
    }

    @Nested
    class Commands {
        @Test
        void areRefusedAndNameTheRecord() {
            park(BOT, 2);

            var refused = submit(BOT, new StartBot());

            assertThat(failure(refused))
                    .isInstanceOf(ParkedException.class)
                    .hasMessageContainingAll(BOT.toString(), TYPE, "offset 17", "unknown event type");
            assertThat(typeOf(refused)).isEqualTo(ProblemType.CONFLICT);
            assertThat(log.sent()).hasSize(2);
        }

        /** It would end the parking with the state from before the record. */
        @Test
        void neverTakeACheckpointOfWhatIsNotThePresentState() {
            park(BOT, 2);

            var refused = submit(BOT, new OnlyIf(_ -> true, new TakeCheckpoint("test", UnaryOperator.identity())));

            assertThat(failure(refused)).isInstanceOf(ParkedException.class);
        }

        @Test
        void thatWereGrantedBeforeKeepTheirOutcome() {
            var first = submit(BOT, new StartBot(), "key");
            read(log.lastEvent());
            park(BOT, 3);

            assertThat(submit(BOT, new StartBot(), "key").join().sequence())
                    .isEqualTo(first.join().sequence());
        }

        @Test
        void ofOtherBotsGoOn() {
            park(BOT, 2);

            var other = submit(OTHER_BOT, create());
            read(log.lastEvent());

            assertThat(other).isCompleted();
        }

        @Test
        void thatWereOnTheirWayAreOfUnknownOutcomeAndThoseThatWaitedNeverBegan() {
            var inFlight = submit(BOT, new StartBot());
            var waiting = submit(BOT, new TakeCheckpoint("test", UnaryOperator.identity()));

            park(BOT, 2);

            assertThat(typeOf(inFlight)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
            assertThat(failure(waiting)).isInstanceOf(ParkedException.class);
            read(log.lastEvent());
            assertThat(ownership.owning()).isTrue();
            assertThat(listener.heard).endsWith("parked", "skipped DUPLICATE");
        }

        @Test
        void restoreTheBotAboveAllThatWasPassedOver() {
            park(BOT, 7);

            var restored = submit(BOT, new RestoreCheckpoint("restored", SampleBots.created(BOT)));
            read(log.lastEvent());

            assertThat(restored.join().sequence()).isEqualTo(8);
            assertThat(ownership.parking(BOT)).isEmpty();
            var start = submit(BOT, new StartBot());
            read(log.lastEvent());
            assertThat(start.join().state().running()).isTrue();
        }
    }

    @Test
    void aZombiesRecordParksNobody() {
        ownership.park(new NotUnderstood(BOT, 0, 2, TYPE, "unknown event type"), OFFSET);

        assertThat(ownership.parked()).isEmpty();
        assertThat(listener.heard).endsWith("skipped FENCED");
    }

    private void park(BotId bot, long sequence) {
        ownership.park(new NotUnderstood(bot, 1, sequence, TYPE, "unknown event type"), OFFSET);
    }
}
