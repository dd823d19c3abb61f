package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One partition in one replica, on a log in memory. */
abstract class PartitionOwnershipFixture {
    static final BotId BOT = SampleBots.id(1);
    static final BotId OTHER_BOT = SampleBots.id(2);
    static final String SOURCE = "/here";
    static final Duration DEPOSED_PAUSE = Duration.ofSeconds(7);
    static final Duration DEADLINE = Duration.ofSeconds(5);
    static final int PARTITION = 3;

    final SteppingClock clock = new SteppingClock();
    final MemoryLog log = new MemoryLog();
    final RecordingListener listener = new RecordingListener();
    long offset;
    PartitionOwnership ownership = assigned(new PartitionFold(), Past.NONE);

    PartitionOwnership assigned(PartitionFold fold, Past past) {
        return assigned(new Assignment(PARTITION, fold, 0, 0, past));
    }

    PartitionOwnership assigned(Assignment assignment) {
        offset = assignment.from();
        var replica = new Replica(SOURCE, "http://here");
        return new PartitionOwnership(assignment, replica, log, listener, clock, DEPOSED_PAUSE);
    }

    void own() {
        ownership.caughtUp();
        read(log.lastClaim());
    }

    /** Behind an owner that was lost, with these bots. */
    void own(BotState... bots) {
        ownership = assigned(new PartitionFold(1, List.of(bots)), Past.NONE);
        own();
    }

    static BotState running(BotId bot) {
        return SampleBots.running(bot, RestartPolicy.MANUAL);
    }

    /** Another replica owned the partition without a bot, and let it go. */
    void letGoElsewhere() {
        read(claimOf("/elsewhere", 1));
        read(releaseOf("/elsewhere", 2));
    }

    OwnershipReleased releaseOf(String source, long epoch, BotId... owed) {
        return releaseOf(source, epoch, 0, owed);
    }

    OwnershipReleased releaseOf(String source, long epoch, long readTo, BotId... owed) {
        var now = clock.instant();
        return new OwnershipReleased(
                TimeOrderedUuid.at(now), now, source, epoch, "http://elsewhere", readTo, List.of(owed));
    }

    void created() {
        var _ = submit(BOT, create());
        read(log.lastEvent());
    }

    void read(LogRecord entry) {
        ownership.read(entry, offset++);
    }

    OwnershipClaimed claimOf(String source, long epoch) {
        var now = clock.instant();
        return new OwnershipClaimed(TimeOrderedUuid.at(now), now, source, epoch, "http://elsewhere");
    }

    static BotCommand create() {
        return new CreateBot(SampleBots.configuration(RestartPolicy.RESUME, null));
    }

    CompletableFuture<CommandResult> submit(BotId bot, BotCommand command) {
        return submit(bot, command, null);
    }

    CompletableFuture<CommandResult> submit(BotId bot, BotCommand command, @Nullable String key) {
        var outcome = new CompletableFuture<CommandResult>();
        ownership.submit(new Submission(bot, command, key, clock.instant().plus(DEADLINE), outcome));
        return outcome;
    }

    static Throwable failure(CompletableFuture<CommandResult> outcome) {
        assertThat(outcome).isCompletedExceptionally();
        return outcome.exceptionNow();
    }

    static ProblemType typeOf(CompletableFuture<CommandResult> outcome) {
        return ((ProblemException) failure(outcome)).type();
    }
}
