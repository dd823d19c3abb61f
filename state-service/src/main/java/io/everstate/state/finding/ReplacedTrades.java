package io.everstate.state.finding;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Trade;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * What the log has of a bot's trades where it lost others that were told.
 *
 * @param from the first number from which the log's trades are known
 * @param to the number up to which others were told
 * @param trades all that the log has from the one to the other
 */
public record ReplacedTrades(BotId bot, long from, long to, List<Trade> trades) {
    public ReplacedTrades {
        trades = List.copyOf(trades);
    }

    /** How many of those that were told are lost. */
    public long lost(Collection<Trade> told) {
        var kept = new HashSet<>(trades);
        return told.stream().filter(trade -> !kept.contains(trade)).count();
    }

    /** The findings, those of this bot with how many trades went. */
    public List<Finding> saidIn(List<Finding> found, long lost) {
        return found.stream()
                .map(finding -> isSaidBy(finding)
                        ? finding.and("; of its trades %d are lost and went from the list".formatted(lost))
                        : finding)
                .toList();
    }

    private boolean isSaidBy(Finding finding) {
        return finding.kind() == FindingKind.REPLACED && bot.equals(finding.bot()) && finding.sequence() == to;
    }
}
