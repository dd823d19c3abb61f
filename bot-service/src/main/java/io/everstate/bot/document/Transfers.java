package io.everstate.bot.document;

import io.everstate.bot.call.Call;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.external.BotAccess;
import io.everstate.bot.platform.BotCredential;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Large documents between bots and the storage. The replica that is asked carries the bytes itself, whoever owns the bot; the owner is asked
 * before the first byte whether the token is good, and behind the last to record what was stored.
 */
@ApplicationScoped
class Transfers {
    private static final int OK = 200;

    private final OwnerCalls calls;
    private final BotAccess access;
    private final DocumentStore documents;
    private final LargeDocuments large;
    private final OutgoingDocuments outgoing;
    private final JsonFormat json;
    private final TransferRoom incoming;

    Transfers(
            OwnerCalls calls,
            BotAccess access,
            DocumentStore documents,
            LargeDocuments large,
            OutgoingDocuments outgoing,
            DocumentConfiguration configuration,
            JsonFormat json) {
        this.calls = calls;
        this.access = access;
        this.documents = documents;
        this.large = large;
        this.outgoing = outgoing;
        this.json = json;
        this.incoming = new TransferRoom(configuration.transfers());
    }

    /** What the bot's owner knows of its checkpoints, as JSON; or its refusal. */
    Response known(BotId bot, @Nullable BotCredential credential, Call call) {
        var asked = call.asking("GET", path(bot));
        return calls.at(
                bot,
                asked,
                () -> Response.ok(json.write(CheckpointsView.of(state(bot, credential))))
                        .type("application/json")
                        .build());
    }

    private BotState state(BotId bot, @Nullable BotCredential credential) {
        return credential == null ? calls.present(bot) : access.require(credential);
    }

    /** Only for a caller whose token the owner knows. */
    Response save(BotCredential credential, String type, InputStream body, Call call) {
        var bot = credential.bot();
        try (var _ = incoming.take(bot)) {
            var document = large.store(bot, type, body);
            var told = call.asking("POST", path(bot) + "/stored").with(json.write(document));
            return calls.at(bot, told, () -> record(credential, document, told));
        }
    }

    /** Only to be asked where the bot is owned. */
    Response record(BotCredential credential, Document document, Call call) {
        large.requireStored(credential.bot(), document);
        var saved = documents.refer(credential, document, call.idempotencyKey());
        return SavedView.answer(saved, path(credential.bot()));
    }

    /** The newest checkpoint if the storage has it; empty when it is elsewhere, or there is none, or nobody can say. */
    Optional<Response> newest(BotId bot, @Nullable BotCredential credential, Call call, Receiver receiver) {
        var known = known(bot, credential, call);
        if (known.getStatus() != OK || !(known.getEntity() instanceof byte[] content)) {
            return Optional.empty();
        }
        return Optional.ofNullable(json.read(content, CheckpointsView.class).newest())
                .filter(saved -> saved.document().object() != null)
                .map(saved -> outgoing.given(bot, saved, receiver));
    }

    private static String path(BotId bot) {
        return "/api/v1/external-bots/" + bot + "/checkpoints";
    }
}
