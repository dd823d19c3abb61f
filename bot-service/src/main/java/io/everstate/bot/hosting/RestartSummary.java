package io.everstate.bot.hosting;

import io.everstate.contracts.bot.BotId;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/** What became of the bots that ran when their owner was lost: partitions come one after the other, people want one sentence. */
final class RestartSummary {
    private static final Logger LOG = Logger.getLogger(RestartSummary.class);

    private final Set<BotId> marked = new HashSet<>();
    private final Set<BotId> resumed = new HashSet<>();

    void add(BotId bot, boolean resumes) {
        (resumes ? resumed : marked).add(bot);
    }

    void say() {
        if (!marked.isEmpty()) {
            LOG.warnf("%d bots were running before restart, marked as stopped", marked.size());
        }
        if (!resumed.isEmpty()) {
            LOG.infof("%d bots were running before restart, resumed", resumed.size());
        }
        marked.clear();
        resumed.clear();
    }
}
