package io.everstate.bot.document;

import static io.everstate.bot.document.SavingBot.as;
import static io.everstate.bot.document.SavingBot.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.everstate.bot.external.ExternalProfile;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documents are read from the log each time: the profile leaves no room to keep them. */
@QuarkusTest
@TestProfile(ExternalProfile.class)
@QuarkusTestResource(PlatformResource.class)
class DocumentsIT {
    private static final int LARGEST = 1 << 20;

    private SavingBot bot;

    @BeforeEach
    void register() {
        bot = SavingBot.registered();
    }

    @Test
    @Tag("EC3")
    void theNewestComesBackAsItWas() {
        bot.save("text/plain; charset=utf-8", "first".getBytes(StandardCharsets.UTF_8));
        var content = bytes(LARGEST);
        var saved = bot.save("application/vnd.sqlite3", content);

        var newest = bot.newest();

        newest.then()
                .statusCode(200)
                .header("Content-Type", startsWith("application/vnd.sqlite3"))
                .header("ETag", "\"" + DocumentStore.sha256(content) + "\"")
                .header("Everstate-Sequence", saved.header("Everstate-Sequence"))
                .header("X-Content-Type-Options", "nosniff");
        assertThat(newest.asByteArray()).isEqualTo(content);
    }

    @Test
    void peopleMayReadItToo() {
        bot.save("application/json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));

        var viewer = as(TestIdentity.shared().token("viewer")).get(bot.path() + "/newest");

        assertThat(viewer.asString()).isEqualTo("{\"a\":1}");
    }

    @Test
    void anEmptyOneIsADocumentToo() {
        bot.save("application/octet-stream", new byte[0]).then().statusCode(201).body("size", is(0));

        assertThat(bot.newest().asByteArray()).isEmpty();
    }

    @Test
    void thereIsNoneBeforeTheFirst() {
        bot.newest().then().statusCode(404).body("detail", containsString("has not saved"));
    }

    @Test
    @Tag("EC3")
    void aRepetitionIsTheFirstAndAnotherDocumentUnderItsKeyAConflict() {
        var key = UUID.randomUUID().toString();
        var content = bytes(1000);

        var first = bot.keyed(key).body(content).post(bot.path());
        var second = bot.keyed(key).body(content).post(bot.path());
        var other = bot.keyed(key).body(bytes(1001)).post(bot.path());

        assertThat(second.jsonPath().getLong("sequence"))
                .isEqualTo(first.jsonPath().getLong("sequence"));
        other.then().statusCode(409).body("detail", containsString("another document"));
    }

    /** What was saved under the key first is not in the state any more, and nothing is said of it. */
    @Test
    void aRepetitionAfterAnotherDocumentTellsNoHash() {
        var key = UUID.randomUUID().toString();
        var first = bot.keyed(key).body(bytes(1000)).post(bot.path());
        bot.save("a/b", bytes(1001)).then().statusCode(201);

        var repeated = bot.keyed(key).body(bytes(1002)).post(bot.path());

        assertThat(repeated.jsonPath().getLong("sequence"))
                .isEqualTo(first.jsonPath().getLong("sequence"));
        assertThat(repeated.jsonPath().getString("sha256")).isNull();
    }

    @Test
    void oneByteTooManyIsRefusedInWords() {
        var answer = bot.save("application/octet-stream", new byte[LARGEST + 1]);

        answer.then().statusCode(413).contentType("application/problem+json").body("detail", containsString("1048576"));
        bot.newest().then().statusCode(404);
    }
}
