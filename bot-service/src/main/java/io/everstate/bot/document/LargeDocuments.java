package io.everstate.bot.document;

import io.everstate.bot.storage.ObjectStorage;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Document;
import io.everstate.contracts.external.SavedDocument;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are too large for the log, in object storage. The bytes go by way of a file, in both directions: a sender that is slow or
 * goes away never reaches the storage, and a receiver gets no byte that was not checked.
 */
@ApplicationScoped
public class LargeDocuments {
    private static final int BUFFER = 1 << 16;
    private static final long LARGEST_EVER = 1L << 30;

    private final ObjectStorage storage;
    private final DocumentConfiguration configuration;
    private final Clock clock;

    LargeDocuments(ObjectStorage storage, DocumentConfiguration configuration, Clock clock) {
        this.storage = storage;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** How many bytes a document may have here. */
    long largest() {
        return storage.configured()
                ? Math.min(LARGEST_EVER, configuration.largest().asLongValue())
                : ExternalEvent.LARGEST_INLINE;
    }

    /** @throws ProblemException TOO_LARGE, and why */
    void requireAllowed(long bytes) {
        if (bytes > largest()) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE,
                    "a checkpoint must have at most %d bytes here%s"
                            .formatted(
                                    largest(),
                                    storage.configured()
                                            ? " (everstate.document.largest)"
                                            : "; more needs object storage, and none is configured (everstate.storage.endpoint)"));
        }
    }

    /**
     * A body that has to arrive in time, beginning now.
     *
     * @param late runs when it did not
     */
    PatientBody patient(InputStream body, Runnable late) {
        return new PatientBody(body, clock, configuration.patience(), late);
    }

    /**
     * Takes the whole body and stores it. When this returns, the storage was asked for the object again and gave every byte of it.
     *
     * @throws ProblemException TOO_LARGE, CONFLICT when the bot has no room left, UNAVAILABLE when the storage is away, and what reading the body fails with
     */
    Document store(BotId bot, String type, InputStream body) {
        try (var file = SpooledFile.in(configuration.directory())) {
            receive(body, file);
            requireRoom(bot, file.size());
            return stored(bot, type, file.sha256(), file);
        } catch (IOException e) {
            throw SpooledFile.disk(e);
        }
    }

    private Document stored(BotId bot, String type, String sha256, SpooledFile file) throws IOException {
        var name = ObjectNames.of(bot, clock.instant(), sha256);
        storage.put(name, file.file(), sha256);
        var document = new Document(type, sha256, file.size(), name);
        requireReadBack(document);
        return document;
    }

    /** Two transfers at one time may both see the same room: it is a bound for the disk, not for the byte. */
    private void requireRoom(BotId bot, long wanted) {
        var room = largest() * Math.max(configuration.stored(), configuration.kept() + 2);
        var taken = new AtomicLong();
        storage.list(ObjectNames.prefixOf(bot), object -> taken.addAndGet(object.bytes()));
        if (wanted > room - taken.get()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the storage holds %d bytes of this bot and may hold %d (everstate.document.stored); what nothing names is removed after %s (everstate.document.grace)"
                            .formatted(taken.get(), room, configuration.grace()));
        }
    }

    private void receive(InputStream body, SpooledFile file) throws IOException {
        var buffer = new byte[BUFFER];
        var received = 0L;
        for (var count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            received += count;
            requireAllowed(received);
            file.sink().write(buffer, 0, count);
        }
    }

    private void requireReadBack(Document document) throws IOException {
        var copy = new DigestSink();
        if (!storage.read(nameOf(document), copy) || !copy.is(document)) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "the storage does not give back what it was given; nothing was recorded");
        }
    }

    /**
     * Whether a document can be recorded that some replica stored. Asked by the owner, so that no event ever names what is not there, or what
     * may be swept away soon.
     *
     * @throws ProblemException INVALID or CONFLICT when it can not
     */
    void requireStored(BotId bot, Document document) {
        var name = document.object();
        if (name == null || !ObjectNames.isOf(name, bot, document.sha256())) {
            throw new InvalidException(
                    List.of(new Violation("object", "must be the name under which this bot's bytes were stored")));
        }
        var oldest = clock.instant().minus(configuration.grace().dividedBy(2));
        var found = storage.find(name)
                .filter(upload -> upload.bytes() == document.size())
                .filter(upload -> upload.modified().isAfter(oldest));
        if (found.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "the storage has no such upload, or only an old one; save it again");
        }
    }

    /**
     * Whether a bot could go back to a state: its document may have been swept away since, and needs room beside those that are there. One
     * that is in the log is always there.
     *
     * @throws ProblemException CONFLICT when the bot has no room left; CORRUPT when the storage lacks the document, or has something else;
     *     UNAVAILABLE when it does not answer
     */
    public void requireRestorable(BotState state) {
        var saved = storedOf(state);
        if (saved != null) {
            toCopy(state.id(), saved).close();
        }
    }

    /**
     * A state to go back to, with its document stored once more under a name of its own: what was decided to be swept away before, and may be
     * carried out yet, is never this one.
     *
     * @throws ProblemException as {@link #requireRestorable}; nothing has happened then
     */
    public BotState storedAnew(BotState state) {
        var saved = storedOf(state);
        var external = state.external();
        if (saved == null || external == null) {
            return state;
        }
        var known = saved.document();
        try (var file = toCopy(state.id(), saved)) {
            var anew = stored(state.id(), known.contentType(), known.sha256(), file);
            return state.withExternal(external.withDocumentAs(nameOf(anew)));
        } catch (IOException e) {
            throw SpooledFile.disk(e);
        }
    }

    /** The room first: it costs the storage next to nothing to say that there is none. */
    private SpooledFile toCopy(BotId bot, SavedDocument saved) {
        requireRoom(bot, saved.document().size());
        return fetch(bot, saved);
    }

    /** Null when there is no document, or its event carries it. */
    static @Nullable SavedDocument storedOf(BotState state) {
        var saved = state.external() == null ? null : state.external().document();
        return saved == null || saved.document().object() == null ? null : saved;
    }

    /**
     * The bytes of a recorded document, all of them and checked. The caller closes the file.
     *
     * @throws ProblemException CORRUPT when the storage has something else, or nothing; UNAVAILABLE when it does not answer
     */
    SpooledFile fetch(BotId bot, SavedDocument saved) {
        var document = saved.document();
        var name = nameOf(document);
        if (!ObjectNames.isOf(name, bot, document.sha256())) {
            throw corrupt(saved, "is named by what is no name of its own");
        }
        var file = SpooledFile.in(configuration.directory());
        var done = false;
        try {
            if (!storage.read(name, file.sink())) {
                throw corrupt(saved, "is not in the storage any more");
            }
            if (file.size() != document.size() || !file.sha256().equals(document.sha256())) {
                throw corrupt(saved, "does not have its SHA-256 in the storage");
            }
            done = true;
            return file;
        } catch (IOException e) {
            throw SpooledFile.disk(e);
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    private static ProblemException corrupt(SavedDocument saved, String how) {
        return new ProblemException(
                ProblemType.CORRUPT,
                "the document of event %d, %s, %s"
                        .formatted(saved.sequence(), saved.document().object(), how));
    }

    private static String nameOf(Document document) {
        @Nullable String name = document.object();
        if (name == null) {
            throw new IllegalArgumentException("the document is in its event");
        }
        return name;
    }
}
