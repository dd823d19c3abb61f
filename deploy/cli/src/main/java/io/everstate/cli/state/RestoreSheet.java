package io.everstate.cli.state;

import io.everstate.cli.console.Table;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Change;
import io.everstate.contracts.view.BotRestoreView.Place;
import io.everstate.contracts.view.StateRestoreView;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a restore did, or would do, for people. */
final class RestoreSheet {
    /** Of more bots than that the fields are left to {@code --json}. */
    private static final int MOST_WITH_FIELDS = 3;

    private RestoreSheet() {}

    static String of(StateRestoreView restore, List<BotRestoreView> bots) {
        StringBuilder sheet = new StringBuilder(sentence(restore));
        restore.findings().forEach(finding -> sheet.append("\n- ").append(finding));
        sheet.append("\n\n").append(table(bots));
        if (bots.size() <= MOST_WITH_FIELDS) {
            bots.stream()
                    .filter(bot -> !bot.changed().isEmpty())
                    .forEach(bot -> sheet.append("\n\n").append(fields(restore, bot)));
        }
        return sheet.toString();
    }

    private static String sentence(StateRestoreView restore) {
        if (restore.dryRun()) {
            return "Dry run %s is %s, nothing was changed: %d of %d bots would be restored from %s; %d events, %d s would be undone."
                    .formatted(
                            restore.id(),
                            restore.status(),
                            restore.bots() - restore.left() - restore.failed(),
                            restore.bots(),
                            rung(restore),
                            restore.eventsLost(),
                            restore.secondsLost());
        }
        return "Restore %s is %s after %d ms: %d of %d bots restored from %s, %d failed, %d left as they are; %d events, %d s undone. What was before is in snapshot %s."
                .formatted(
                        restore.id(),
                        restore.status(),
                        restore.took(),
                        restore.restored(),
                        restore.bots(),
                        rung(restore),
                        restore.failed(),
                        restore.left(),
                        restore.eventsLost(),
                        restore.secondsLost(),
                        restore.wayBack() == null ? "none" : restore.wayBack());
    }

    private static String rung(StateRestoreView restore) {
        return restore.rung() == null ? "nothing" : restore.rung().name();
    }

    private static String table(List<BotRestoreView> bots) {
        Table table = new Table("BOT", "NAME", "OUTCOME", "NOW AT", "GOES TO", "FROM", "CHECKPOINT", "WHY");
        for (BotRestoreView bot : bots) {
            table.row(
                    bot.bot(),
                    bot.name(),
                    bot.outcome(),
                    sequence(bot.before()),
                    sequence(bot.after()),
                    bot.rung() == null ? "-" : bot.rung(),
                    bot.checkpoint() == null ? "-" : bot.checkpoint(),
                    why(bot));
        }
        return table.render();
    }

    private static String why(BotRestoreView bot) {
        return Stream.of(bot.parked(), bot.reason()).filter(Objects::nonNull).collect(Collectors.joining("; "));
    }

    private static String sequence(@Nullable Place place) {
        return place == null ? "-" : Long.toString(place.sequence());
    }

    private static String fields(StateRestoreView restore, BotRestoreView bot) {
        Table table = restore.dryRun() ? new Table("FIELD", "NOW", "WOULD BE") : new Table("FIELD", "BEFORE", "NOW");
        for (Change change : bot.changed()) {
            table.row(
                    change.field(),
                    Objects.requireNonNullElse(change.before(), "-"),
                    Objects.requireNonNullElse(change.after(), "-"));
        }
        return bot.bot() + ":\n" + table.render();
    }
}
