package io.everstate.bot.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.document.DocumentStore.Saved;
import io.everstate.contracts.external.SavedDocument;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a saved checkpoint is answered.
 *
 * @param sequence of the event that saved it; of a repetition, that of the first
 * @param sha256 null, and so the size, when a repetition came after another checkpoint was saved
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SavedView(
        long sequence, @Nullable String sha256, @Nullable Long size) {
    private static final int CREATED = 201;

    private static SavedView of(Saved saved) {
        var document = saved.document();
        var sequence = saved.result().sequence();
        return document == null
                ? new SavedView(sequence, null, null)
                : new SavedView(sequence, document.sha256(), document.size());
    }

    /** @param path of the bot's checkpoints */
    static Response answer(Saved saved, String path) {
        return Response.status(CREATED)
                .entity(of(saved))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(OwnerCalls.SEQUENCE, saved.result().sequence())
                .location(URI.create(path + "/newest"))
                .build();
    }

    /** A stranger's bytes: no browser shall show them as a page of this service. */
    static Response.ResponseBuilder attachment(SavedDocument saved, Object content) {
        var document = saved.document();
        return Response.ok(content)
                .header(HttpHeaders.CONTENT_TYPE, ContentTypes.given(document.contentType()))
                .header(HttpHeaders.ETAG, "\"" + document.sha256() + "\"")
                .header(OwnerCalls.SEQUENCE, saved.sequence())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .header("X-Content-Type-Options", "nosniff");
    }
}
