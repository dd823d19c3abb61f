package io.everstate.bot.document;

import io.everstate.bot.external.BotAccess;
import io.everstate.bot.ownership.CommandResult;
import io.everstate.bot.ownership.EventSearch;
import io.everstate.bot.platform.BotCredential;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.DocumentSaved;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.SavedDocument;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Documents that stand in the log. A state has their place only; whoever wants the content gets it checked against the hash there. */
@ApplicationScoped
class DocumentStore {
    private final BotAccess access;
    private final EventSearch log;
    private final DocumentCache cache;

    DocumentStore(BotAccess access, EventSearch log, DocumentConfiguration configuration) {
        this.access = access;
        this.log = log;
        this.cache = new DocumentCache(configuration.cache().asLongValue());
    }

    /**
     * What was saved, and as which event; of a repetition the first.
     *
     * @param document null when another was saved since then, and what the first one was is not known any more
     */
    record Saved(CommandResult result, @Nullable Document document) {}

    /** Only to be asked where the bot is owned. */
    Saved save(BotCredential credential, String contentType, byte[] content, @Nullable String key) {
        var document = new Document(contentType, sha256(content), content.length, null);
        var event = new DocumentSaved(document, Base64.getEncoder().encodeToString(content));
        var saved = saved(access.record(credential, event, key), document);
        if (saved.document() != null) {
            cache.keep(document.sha256(), content);
        }
        return saved;
    }

    /** As {@link #save}, of a document that object storage holds. */
    Saved refer(BotCredential credential, Document document, @Nullable String key) {
        return saved(access.record(credential, new DocumentSaved(document, null), key), document);
    }

    private static Saved saved(CommandResult result, Document document) {
        if (!isNewest(result)) {
            return new Saved(result, null);
        }
        requireSame(result, document);
        return new Saved(result, document);
    }

    private static boolean isNewest(CommandResult result) {
        var external = result.state().external();
        var newest = external == null ? null : external.document();
        return newest != null && newest.sequence() == result.sequence();
    }

    /** A repeated key whose first document is still the newest, and is another one, is a mistake of the caller. */
    private static void requireSame(CommandResult result, Document document) {
        var external = result.state().external();
        var newest = external == null ? null : external.document();
        if (newest != null
                && newest.sequence() == result.sequence()
                && !newest.document().sha256().equals(document.sha256())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the idempotency key was used for another document: "
                            + newest.document().sha256());
        }
    }

    /** @throws ProblemException CORRUPT when the log does not hold what was saved */
    byte[] read(BotState bot, SavedDocument saved) {
        var hash = saved.document().sha256();
        return cache.find(hash).orElseGet(() -> {
            var content = content(log.find(bot.id(), saved.at(), event -> isOf(event, hash))
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.CORRUPT,
                            "the log does not hold the document of event %d any more".formatted(saved.sequence()))));
            requireHash(content, saved);
            cache.keep(hash, content);
            return content;
        });
    }

    private static boolean isOf(BotEvent event, String hash) {
        return event instanceof DocumentSaved(var document, var content)
                && content != null
                && document.sha256().equals(hash);
    }

    private static byte[] content(BotEvent event) {
        if (event instanceof DocumentSaved(var document, var content) && content != null) {
            try {
                return Base64.getDecoder().decode(content);
            } catch (IllegalArgumentException e) {
                throw new ProblemException(
                        ProblemType.CORRUPT, "the document %s is no base64".formatted(document.sha256()), e);
            }
        }
        throw new IllegalStateException("only what was searched is found");
    }

    static void requireHash(byte[] content, SavedDocument saved) {
        if (!sha256(content).equals(saved.document().sha256())) {
            throw new ProblemException(
                    ProblemType.CORRUPT,
                    "the document of event %d does not have its SHA-256".formatted(saved.sequence()));
        }
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
