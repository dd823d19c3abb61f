package io.everstate.bot.platform;

import io.everstate.contracts.bot.BotId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who says that it is a bot: a token {@code evb_<bot id>_<43 characters>}, of which only the SHA-256 is kept anywhere. Whether the bot has
 * that token now is known where the bot is owned, and must be asked there before anything else.
 */
public record BotCredential(BotId bot, String tokenHash) implements Principal {
    static final String PREFIX = "evb_";
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("evb_([0-9a-f-]{36})_[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Empty when the text has not the form of a bot's token. */
    public static Optional<BotCredential> of(String token) {
        var form = FORM.matcher(token);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BotCredential(BotId.of(form.group(1)), hash(token)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A new token for a bot, 256 bits of it random. */
    public static String mint(BotId bot) {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return PREFIX + bot + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** SHA-256 in hex; a secret of 256 random bits needs no slower hash. */
    public static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Takes equally long wherever the two differ. */
    public boolean hasHash(String known) {
        return MessageDigest.isEqual(
                tokenHash.getBytes(StandardCharsets.US_ASCII), known.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String getName() {
        return "bot " + bot;
    }

    /** Without the hash: a principal is written into logs. */
    @Override
    public String toString() {
        return getName();
    }
}
