package io.everstate.bot.document;

import static io.everstate.bot.document.SavingBot.as;
import static io.everstate.bot.document.SavingBot.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents that go to a real S3 storage, and what is refused instead. */
@QuarkusTest
@TestProfile(LargeDocumentsProfile.class)
@QuarkusTestResource(PlatformResource.class)
class LargeDocumentsIT {
    private static final int LARGEST = 8 << 20;
    private static final byte[] SMALL = {1, 2, 3};

    private SavingBot bot;

    @BeforeEach
    void register() {
        bot = SavingBot.registered();
    }

    @AfterEach
    void noFileIsLeft() throws IOException {
        SpoolDirectory.requireEmpty();
    }

    @Test
    @Tag("EC3")
    void theNewestComesBackAsItWas() {
        bot.save(SMALL);
        var content = bytes(LARGEST);

        var saved = bot.save(content);

        saved.then()
                .statusCode(201)
                .body("size", is(LARGEST))
                .body("sha256", is(DocumentStore.sha256(content)))
                .header("Location", containsString(bot.path() + "/newest"));
        for (var reader : List.of(bot.token(), TestIdentity.shared().token("viewer"))) {
            var newest = as(reader).get(bot.path() + "/newest");
            newest.then()
                    .statusCode(200)
                    .contentType("application/x-model")
                    .header("ETag", "\"" + DocumentStore.sha256(content) + "\"")
                    .header("Content-Length", Integer.toString(LARGEST))
                    .header("Everstate-Sequence", saved.header("Everstate-Sequence"))
                    .header("X-Content-Type-Options", "nosniff");
            assertThat(newest.asByteArray()).isEqualTo(content);
        }
        bot.known()
                .then()
                .statusCode(200)
                .body("saved", is(2))
                .body("newest.document.size", is(LARGEST))
                .body("newest.document.sha256", is(DocumentStore.sha256(content)));
    }

    @Test
    void oneOfUnannouncedSizeIsTakenAsWell() throws IOException {
        var content = bytes(3 << 20);

        assertThat(chunked(content)).startsWith("HTTP/1.1 201");

        assertThat(bot.newest().asByteArray()).isEqualTo(content);
    }

    @Test
    void oneByteTooManyIsRefusedInWordsAnnouncedOrNot() throws IOException {
        bot.save(new byte[LARGEST + 1])
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("8388608"));
        assertThat(chunked(new byte[LARGEST + 1])).startsWith("HTTP/1.1 413").contains("8388608");

        bot.requireNothingHappened();
    }

    private String chunked(byte[] content) throws IOException {
        try (var socket = PlainSocket.of(bot)) {
            return socket.beginChunked()
                    .sendChunks(content, content.length)
                    .endChunks()
                    .answer();
        }
    }

    @Test
    @Tag("EC3")
    void aRepetitionIsTheFirstAndAnotherDocumentUnderItsKeyAConflict() {
        var key = UUID.randomUUID().toString();
        var content = bytes(2 << 20);

        var first = bot.keyed(key).body(content).post(bot.path());
        var second = bot.keyed(key).body(content).post(bot.path());
        var other = bot.keyed(key).body(bytes(3 << 20)).post(bot.path());

        assertThat(second.jsonPath().getLong("sequence"))
                .isEqualTo(first.jsonPath().getLong("sequence"));
        other.then().statusCode(409).body("detail", containsString("another document"));
        assertThat(bot.newest().asByteArray()).isEqualTo(content);
    }

    @Test
    void aWrongTokenReachesNoStorage() {
        var wrong = new SavingBot(bot.id(), bot.token().substring(0, bot.token().length() - 4) + "AAAA");

        wrong.save(bytes(2 << 20)).then().statusCode(401);

        wrong.known().then().statusCode(401);
        wrong.newest().then().statusCode(401);
        bot.requireNothingHappened();
    }

    /** The owner believes no reference: neither to another bot's bytes, nor to what was never stored, nor with another size. */
    @Test
    void whatWasNotStoredForThisBotCannotBeRecorded() {
        var own = "documents/" + bot.id() + "/" + UUID.randomUUID() + "-" + "a".repeat(64);
        var strange = "documents/" + UUID.randomUUID() + "/" + UUID.randomUUID() + "-" + "a".repeat(64);

        bot.refer("a/b", strange, "a".repeat(64), 5).then().statusCode(400).body("violations[0].field", is("object"));
        bot.refer("a/b", own, "b".repeat(64), 5).then().statusCode(400).body("violations[0].field", is("object"));
        bot.refer("a/b", own, "a".repeat(64), 5).then().statusCode(409);

        bot.requireNothingHappened();
    }

    /** More often than there are places: before, each left its own taken, and its file open. */
    @Test
    void aTypeThatIsNoneIsNeitherRecordedNorDoesItTakeAPlace() {
        bot.save(bytes(2 << 20)).then().statusCode(201);
        var state = SavingBot.person("viewer").get("/api/v1/bots/" + bot.id()).asString();
        bot.restore("", "{\"state\": %s}".formatted(state.replace("application/x-model", "nonsense")))
                .then()
                .statusCode(200);

        for (var i = 0; i < 4; i++) {
            bot.newest().then().statusCode(200).contentType("application/octet-stream");
        }

        var own = bot.object();
        bot.refer("nonsense", own, own.substring(own.length() - 64), 2 << 20)
                .then()
                .statusCode(400)
                .body("violations[0].field", is("contentType"));
    }

    @Test
    void severalAtOnceAreOneAfterTheOtherInTheLog() throws Exception {
        var contents = List.of(bytes(2 << 20), bytes((2 << 20) + 1));
        var tasks = contents.stream()
                .<Callable<Response>>map(content -> () -> bot.save(content))
                .toList();
        List<Future<Response>> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(tasks);
        }

        var sequences = new ArrayList<Long>();
        for (var answer : answers) {
            answer.get().then().statusCode(201);
            sequences.add(answer.get().jsonPath().getLong("sequence"));
        }
        var last = sequences.get(0) > sequences.get(1) ? 0 : 1;
        assertThat(bot.newest().asByteArray()).isEqualTo(contents.get(last));
        bot.known().then().body("saved", is(2));
    }
}
