package io.everstate.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import java.util.List;

/** The entry that {@code sha256sum --check} reads; of an INCREMENTAL it names what all of its chain unpacks to. */
final class SumsFile {
    private SumsFile() {}

    static Document of(List<Entry> entries) {
        return target -> {
            for (var entry : entries) {
                if (entry.type() == EntryType.FILE) {
                    target.write(
                            line(String.valueOf(entry.sha256()), entry.name()).getBytes(UTF_8));
                }
            }
        };
    }

    /** A name that would break the line is escaped, and a backslash before the sum says so. */
    private static String line(String sum, String name) {
        var escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(name) ? "" : "\\") + sum + "  " + escaped + "\n";
    }
}
