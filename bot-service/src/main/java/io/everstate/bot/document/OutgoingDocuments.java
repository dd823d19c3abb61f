package io.everstate.bot.document;

import io.everstate.bot.document.TransferRoom.Place;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.external.SavedDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Large documents on their way to receivers, so many at one time; what comes to no answer leaves no place taken and no file open. */
@ApplicationScoped
class OutgoingDocuments {
    private final LargeDocuments large;
    private final OutgoingDeadline deadline;
    private final TransferRoom room;

    OutgoingDocuments(LargeDocuments large, OutgoingDeadline deadline, DocumentConfiguration configuration) {
        this.large = large;
        this.deadline = deadline;
        this.room = new TransferRoom(configuration.transfers());
    }

    /** @param receiver is hung up on when it does not take it in time */
    Response given(BotId bot, SavedDocument saved, Receiver receiver) {
        var place = room.take(bot);
        @Nullable SpooledFile file = null;
        var kept = false;
        try {
            file = large.fetch(bot, saved);
            var content = deadline.limited(new OutgoingDocument(file.content(), place, receiver), receiver);
            var answer = SavedView.attachment(saved, content)
                    .header(HttpHeaders.CONTENT_LENGTH, saved.document().size())
                    .build();
            kept = true;
            return answer;
        } catch (IOException e) {
            throw SpooledFile.disk(e);
        } finally {
            if (!kept) {
                giveUp(file, place);
            }
        }
    }

    private static void giveUp(@Nullable SpooledFile file, Place place) {
        try (place) {
            if (file != null) {
                file.close();
            }
        }
    }
}
