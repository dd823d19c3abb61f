package io.everstate.cli.rescue;

import io.everstate.cli.client.EventArchive;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.JsonOption;
import io.everstate.cli.console.Poll;
import io.everstate.cli.console.Table;
import io.everstate.cli.place.DataOption;
import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.contracts.backup.SegmentPartitionView.Gap;
import io.everstate.contracts.backup.SegmentPartitionView.GapState;
import io.everstate.contracts.backup.TopicRestoreView;
import io.everstate.contracts.backup.TopicRestoreView.Partition;
import io.everstate.contracts.backup.TopicRestoreView.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "event-archive",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "The event log in object storage: how far it is archived, whether it is whole, and the log made again from it.")
public final class EventArchiveCommand {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofHours(12);

    @Command(
            name = "list",
            description =
                    "Shows how far each partition is archived. Exit 1 when records are late or lost, or it does not go on.")
    int list(@Mixin DataOption where, @Mixin JsonOption json) {
        List<SegmentPartitionView> partitions = archive(where).partitions();
        System.out.println(
                json.show(partitions, () -> partitions.isEmpty() ? "Nothing is archived yet." : sheet(partitions)));
        return (partitions.stream().allMatch(EventArchiveCommand::isWell) ? ExitCode.OK : ExitCode.FAILED).number();
    }

    @Command(
            name = "verify",
            description =
                    "Reads every segment of a topic and checks every sum, and that none is missing. Needs the role admin.")
    int verify(@Mixin TopicIdOption topic, @Mixin DataOption where, @Mixin JsonOption json) {
        return ended(archive(where), topic.id(), null, json);
    }

    @Command(
            name = "restore",
            description =
                    "Makes the topic again from its segments, in a Kafka that does not have it, and compares what it wrote. Needs the role admin.")
    int restore(
            @Mixin TopicIdOption topic,
            @Option(
                            names = "--topic",
                            paramLabel = "<name>",
                            defaultValue = "everstate.bot.events",
                            description =
                                    "the one to be written; it must be empty or not there (default: ${DEFAULT-VALUE})")
                    String name,
            @Mixin DataOption where,
            @Mixin JsonOption json) {
        return ended(archive(where), topic.id(), name, json);
    }

    private static EventArchive archive(DataOption where) {
        return new EventArchive(new Services(where.data(), System.getenv()));
    }

    private static int ended(EventArchive archive, String topicId, @Nullable String topic, JsonOption json) {
        TopicRestoreView begun = archive.start(topicId, topic);
        TopicRestoreView ended = Poll.until(
                        () -> Optional.of(archive.one(begun.id())).filter(one -> one.status() != Status.RUNNING),
                        LOOK,
                        PATIENCE)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.FAILED, "it has not ended after " + PATIENCE.toHours() + " hours"));
        System.out.println(json.show(ended, () -> sentence(ended)));
        return (ended.status() == Status.COMPLETED ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private static boolean isWell(SegmentPartitionView partition) {
        return partition.divergence() == null
                && partition.gaps().stream().allMatch(gap -> gap.state() == GapState.UPLOADING);
    }

    static String sentence(TopicRestoreView restore) {
        String done = "%d records in %d segments of %d partitions"
                .formatted(
                        restore.partitions().stream()
                                .mapToLong(Partition::records)
                                .sum(),
                        restore.partitions().stream()
                                .mapToLong(Partition::segments)
                                .sum(),
                        restore.partitions().size());
        if (restore.status() != Status.COMPLETED) {
            return "%s. Before that: %s.".formatted(restore.failure(), done);
        }
        return restore.topic() == null
                ? "All of it is whole: %s.".formatted(done)
                : "Topic %s was made again, and read back: %s.".formatted(restore.topic(), done);
    }

    static String sheet(List<SegmentPartitionView> partitions) {
        Table table = new Table("TOPIC ID", "PARTITION", "ARCHIVED TO", "LOG END", "GAPS");
        for (SegmentPartitionView one : partitions) {
            table.row(
                    one.topicId(),
                    one.partition(),
                    one.archivedTo(),
                    one.logEnd() == null ? "-" : one.logEnd(),
                    trouble(one));
        }
        return table.render();
    }

    private static String trouble(SegmentPartitionView one) {
        if (one.divergence() != null) {
            return one.divergence();
        }
        String gaps = one.gaps().stream().map(EventArchiveCommand::gap).collect(Collectors.joining(", "));
        String failure = one.failure() == null ? "" : one.failure();
        return gaps.isEmpty() || failure.isEmpty() ? gaps + failure : gaps + ": " + failure;
    }

    private static String gap(Gap gap) {
        return "%s %d to %d".formatted(gap.state(), gap.firstOffset(), gap.lastOffset());
    }
}
