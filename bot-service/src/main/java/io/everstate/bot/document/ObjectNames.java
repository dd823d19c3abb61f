package io.everstate.bot.document;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code documents/<bot>/<upload>-<sha256>}. Each upload has a name of its own, so that what is swept away is never what is just being saved
 * again; and only a replica writes there, so that a name says truly whose bytes they are and which.
 */
final class ObjectNames {
    static final String PREFIX = "documents/";
    private static final Pattern FORM = Pattern.compile("documents/([0-9a-f-]{36})/[0-9a-f-]{36}-([0-9a-f]{64})");

    private ObjectNames() {}

    static String of(BotId bot, Instant now, String sha256) {
        return prefixOf(bot) + TimeOrderedUuid.at(now) + "-" + sha256;
    }

    /** What all names of one bot begin with, and no other's. */
    static String prefixOf(BotId bot) {
        return PREFIX + bot + "/";
    }

    static boolean isOf(String name, BotId bot, String sha256) {
        var form = FORM.matcher(name);
        return form.matches()
                && form.group(1).equals(bot.toString())
                && form.group(2).equals(sha256);
    }

    /** Empty when the name is none of these. */
    static Optional<BotId> botOf(String name) {
        var form = FORM.matcher(name);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(BotId.of(form.group(1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
