package io.everstate.bot.ingest;

import io.everstate.bot.platform.BotCredential;
import io.everstate.contracts.bot.BotId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens that an owner accepted lately, by their hashes. Knowing one opens nothing but the room of those that are known. */
final class PassedTokens {
    private static final int MOST = 10_000;

    private final Map<BotId, BotCredential> passed = new LinkedHashMap<>(16, 0.75f, true);

    synchronized void passed(BotCredential sender) {
        passed.put(sender.bot(), sender);
        if (passed.size() > MOST) {
            passed.remove(passed.keySet().iterator().next());
        }
    }

    synchronized void refused(BotCredential sender) {
        passed.remove(sender.bot(), sender);
    }

    synchronized boolean contains(BotCredential sender) {
        return sender.equals(passed.get(sender.bot()));
    }
}
