package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.ownership.Past.Debts;
import io.everstate.bot.sample.LoggedLines;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who lets a partition go in good order, and whom its record names. */
class ReleaseTest extends PartitionOwnershipFixture {
    @Test
    void isTheLastThatTheOwnerWrites() {
        own();
        created();
        var inFlight = submit(BOT, new StartBot());

        var released = ownership.release("moved");

        assertThat(released).isCompleted();
        assertThat(log.lastRelease().epoch()).isEqualTo(2);
        assertThat(log.lastRelease().source()).isEqualTo(SOURCE);
        assertThat(log.lastRelease().readTo()).as("a claim and an event").isEqualTo(2);
        assertThat(typeOf(inFlight)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
        assertThat(failure(submit(BOT, new StartBot()))).isInstanceOf(NotOwnerException.class);
        assertThat(listener.heard).endsWith("lost 3");
    }

    @Test
    void isNothingThatAReplicaCanDoThatDoesNotOwn() {
        ownership.caughtUp();

        assertThat(ownership.release("moved")).isCompleted();

        assertThat(log.sent()).as("the claim only").hasSize(1);
    }

    /** Unnamed, the next owner would go on with a bot that nobody has stopped. */
    @Test
    @Tag("SF5")
    void namesTheBotsToWhichARestartIsOwed() {
        own(running(BOT), SampleBots.created(OTHER_BOT));
        assertThat(listener.owed).containsExactly(BOT);

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).containsExactly(BOT);
        assertThat(ownership.past().debts().running()).containsOnlyKeys(BOT);
    }

    /** It may count or not: named, a bot that a person has started behind it would be stopped again. */
    @Test
    void saysNothingWhileTheRestartIsOnItsWay() {
        own(running(BOT));
        var _ = submit(BOT, new StopBot(StopReason.RESTART));

        assertThat(ownership.release("moved")).isCompleted();

        assertThat(log.sent()).noneMatch(OwnershipReleased.class::isInstance);
        assertThat(ownership.past().debts().running()).containsOnlyKeys(BOT);
    }

    @Test
    void whatKeepsItFromBeingLetGoIsSaid() {
        own(running(BOT));
        var _ = submit(BOT, new StopBot(StopReason.RESTART));

        try (var lines = new LoggedLines(PartitionOwnership.class)) {
            var _ = ownership.release("moved");

            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARN partition 3 is not let go in good order")
                    .endsWith("is on its way: [" + BOT + "]");
        }
    }

    @Test
    void whomItNamesIsSaid() {
        own(running(BOT));

        try (var lines = new LoggedLines(PartitionOwnership.class)) {
            var _ = ownership.release("moved");

            assertThat(lines.all())
                    .containsExactly("INFO partition 3: its next owner has to restart or stop bots [" + BOT + "]");
        }
    }

    @Test
    void namesNobodyOnceTheRestartCounts() {
        own(running(BOT));
        var _ = submit(BOT, new StopBot(StopReason.RESTART));
        read(log.lastEvent());

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().epoch()).isEqualTo(3);
        assertThat(log.lastRelease().owed()).isEmpty();
        assertThat(ownership.past().debts()).isEqualTo(Debts.NONE);
    }

    @Test
    void isNotThereWhereMoreAreOwedThanARecordNamesAndTheLogSaysSo() {
        own(lost(OwedRestarts.MOST_NAMED + 1));

        try (var lines = new LoggedLines(PartitionOwnership.class)) {
            var _ = ownership.release("moved");

            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARN partition 3 is not let go in good order")
                    .contains("lost owner");
        }
        assertThat(log.sent()).noneMatch(OwnershipReleased.class::isInstance);
    }

    @Test
    void namesAsManyAsARecordNames() {
        own(lost(OwedRestarts.MOST_NAMED));

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).hasSize(OwedRestarts.MOST_NAMED).isSorted();
    }

    private BotState[] lost(int bots) {
        return IntStream.range(0, bots)
                .mapToObj(number -> running(SampleBots.id(number)))
                .toArray(BotState[]::new);
    }

    @Test
    void remembersWhatIsOwedWhenThePartitionComesBackToThisProcess() {
        own(running(BOT));
        ownership.surrender("the reader began anew");
        var past = ownership.past();
        ownership = assigned(new PartitionFold(2, List.of(running(BOT))), past);
        own();
        assertThat(listener.heard).endsWith("owned 3, epoch 3, 1 bots, continued");
        assertThat(listener.owed).containsExactly(BOT);

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().owed()).containsExactly(BOT);
    }
}
