package io.everstate.backup.segments.format;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Where segments are: the only place that knows. A listing has those of a partition in their order. */
public final class SegmentNames {
    private static final Pattern FILE = Pattern.compile("(00[0-9]{18})(?:\\.(00[0-9]{18}))?\\.log\\.zst(\\.age)?");

    private static final Pattern PARTITION = Pattern.compile("[0-9]{1,9}");

    private SegmentNames() {}

    /** Of all segments of a topic. */
    public static String prefix(String topicId) {
        return "segments/%s/".formatted(topicId);
    }

    public static String prefix(LogPartition partition) {
        return prefix(partition.topicId()) + partition.partition() + "/";
    }

    /** What sorts behind every name below a directory, and before those of other partitions that sort behind it. */
    public static String behind(String directory) {
        return directory + (char) ('/' + 1);
    }

    /** The partition whose directory that is; empty when it is none's. */
    public static OptionalInt partition(String directory) {
        return PARTITION.matcher(directory).matches()
                ? OptionalInt.of(Integer.parseInt(directory))
                : OptionalInt.empty();
    }

    /** @param encryption what the name of an encrypted one ends with, or nothing */
    public static String of(LogPartition partition, long firstOffset, String encryption) {
        return prefix(partition) + digits(firstOffset) + ".log.zst" + encryption;
    }

    /**
     * Of one that was joined from several. It sorts in front of the first of them, and no other name is taken for it.
     *
     * @param encryption what the name of an encrypted one ends with, or nothing
     */
    public static String joined(LogPartition partition, long firstOffset, long lastOffset, String encryption) {
        return prefix(partition) + digits(firstOffset) + "." + digits(lastOffset) + ".log.zst" + encryption;
    }

    /** What every name of those sorts before that begin at this offset or behind it, and no other's. */
    public static String before(LogPartition partition, long offset) {
        return prefix(partition) + digits(offset);
    }

    /** The first offset; empty when it is no name of a segment of this partition. */
    public static OptionalLong firstOffset(LogPartition partition, String name) {
        return offset(partition, name, 1);
    }

    /** The last offset; empty when it is no name of a joined segment of this partition. */
    public static OptionalLong joinedTo(LogPartition partition, String name) {
        return offset(partition, name, 2);
    }

    private static OptionalLong offset(LogPartition partition, String name, int group) {
        var prefix = prefix(partition);
        if (!name.startsWith(prefix)) {
            return OptionalLong.empty();
        }
        var file = FILE.matcher(name.substring(prefix.length()));
        return file.matches() && file.group(group) != null
                ? OptionalLong.of(Long.parseLong(file.group(group)))
                : OptionalLong.empty();
    }

    private static String digits(long offset) {
        return String.format(Locale.ROOT, "%020d", offset);
    }
}
