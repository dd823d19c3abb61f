package io.everstate.cli.rescue;

import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import io.everstate.contracts.backup.RestoreDifference.Side;
import io.everstate.contracts.backup.RestoreReport;
import io.everstate.contracts.backup.RestoreView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dry run found: a line for each path of which something would change, and how many there are of each effect. */
final class RehearsalSheet {
    private RehearsalSheet() {}

    static String of(RestoreView restore, List<RestoreDifference> differences) {
        List<String> lines = new ArrayList<>();
        for (RestoreDifference difference : differences) {
            if (difference.effect() != Effect.SAME && difference.effect() != Effect.UNTOUCHED) {
                lines.add("%-10s %s%s".formatted(difference.effect(), difference.path(), change(difference)));
            }
        }
        RestoreReport report = restore.report();
        if (report != null) {
            report.lost().forEach(path -> lines.add("%-10s %s".formatted("LOST", path)));
        }
        lines.add("Nothing was changed. " + counts(differences));
        return String.join("\n", lines);
    }

    private static String counts(List<RestoreDifference> differences) {
        List<String> counts = new ArrayList<>();
        for (Effect effect : Effect.values()) {
            long count = differences.stream()
                    .filter(difference -> difference.effect() == effect)
                    .count();
            if (count > 0) {
                counts.add(count + " " + effect);
            }
        }
        return counts.isEmpty() ? "Nothing would be." : String.join(", ", counts) + ".";
    }

    private static String change(RestoreDifference difference) {
        return difference.effect() == Effect.CHANGED || difference.effect() == Effect.WRITTEN
                ? "  %s -> %s".formatted(side(difference.present()), side(difference.restored()))
                : "";
    }

    private static String side(@Nullable Side side) {
        if (side == null) {
            return "nothing";
        }
        if (side.linkTarget() != null) {
            return "link to " + side.linkTarget();
        }
        String sum = side.sha256() == null ? "" : " " + side.sha256().substring(0, 8);
        return "%d bytes %s%s".formatted(side.size(), side.mode(), sum);
    }
}
