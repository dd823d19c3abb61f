package io.everstate.bot.document;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Ends what a receiver has not taken in time: one who stays and does not read would hold a file and a place for as long as it likes. */
@ApplicationScoped
class OutgoingDeadline {
    private static final Logger LOG = Logger.getLogger(OutgoingDeadline.class);

    private final Duration patience;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("outgoing-documents").daemon().factory());

    OutgoingDeadline(DocumentConfiguration configuration) {
        this.patience = configuration.patience();
        timer.setRemoveOnCancelPolicy(true);
    }

    OutgoingDocument limited(OutgoingDocument document, Receiver receiver) {
        document.endsBy(timer.schedule(() -> end(document, receiver), patience.toMillis(), TimeUnit.MILLISECONDS));
        return document;
    }

    private void end(OutgoingDocument document, Receiver receiver) {
        LOG.infof("a receiver did not take a document within %s", patience);
        try (document) {
            receiver.hangUp();
        } catch (IOException e) {
            LOG.warnf(e, "the file of a document was not closed");
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
