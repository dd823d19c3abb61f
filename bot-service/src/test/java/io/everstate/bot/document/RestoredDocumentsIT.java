package io.everstate.bot.document;

import static io.everstate.bot.document.SavingBot.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bots that go back to states whose documents are in a real S3 storage, or are not. */
@QuarkusTest
@TestProfile(LargeDocumentsProfile.class)
@QuarkusTestResource(PlatformResource.class)
class RestoredDocumentsIT {
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

    /** Old ones are swept away while files of old states still name them. */
    @Test
    @Tag("EC3")
    void aStateWhoseDocumentIsGoneIsNotGoneBackTo() {
        var old = saved(bytes(2 << 20));
        var object = bot.object();
        var newest = saved(SMALL);
        SavingBot.storage().delete(object);

        for (var query : List.of("", "?dryRun=true")) {
            bot.restore(query, "{\"sequence\": %s}".formatted(old))
                    .then()
                    .statusCode(422)
                    .body(
                            "detail",
                            is("the document of event %s, %s, is not in the storage any more".formatted(old, object)));
        }

        bot.known().then().body("newest.sequence", is(Integer.valueOf(newest)));
    }

    /** Whoever decided before the restore to sweep the old one away, and slept, deletes nothing that the state names. */
    @Test
    @Tag("EC3")
    void whatIsGoneBackToHasADocumentThatNobodyDecidedToSweepAway() {
        var content = bytes(2 << 20);
        var old = saved(content);
        var object = bot.object();
        saved(SMALL);
        var wanted = "{\"sequence\": %s}".formatted(old);
        bot.restore("?dryRun=true", wanted).then().statusCode(200);
        assertThat(bot.stored()).containsExactly(object);

        bot.restore("", wanted).then().statusCode(200);

        assertThat(bot.stored()).hasSize(2).contains(object);
        SavingBot.storage().delete(object);
        assertThat(bot.newest().asByteArray()).isEqualTo(content);
        bot.known().then().body("newest.sequence", is(Integer.valueOf(old)));
    }

    /** Before, restores stored without end what uploads could not. */
    @Test
    @Tag("EC3")
    void aStateWhoseDocumentHasNoRoomIsNotGoneBackTo() {
        var old = saved(bytes(LARGEST));
        saved(bytes(LARGEST));
        var newest = saved(bytes(LARGEST));
        var full = bot.stored();
        bot.save(bytes(2 << 20)).then().statusCode(409).body("detail", containsString("everstate.document.stored"));
        var wanted = "{\"sequence\": %s}".formatted(old);

        for (var query : List.of("", "?dryRun=true")) {
            bot.restore(query, wanted)
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("type", is("urn:everstate:problem:conflict"))
                    .body("detail", containsString("may hold %d (everstate.document.stored)".formatted(3 * LARGEST)));
        }

        bot.known().then().body("newest.sequence", is(Integer.valueOf(newest)));
        assertThat(bot.stored()).isEqualTo(full);
        SavingBot.storage().delete(bot.object());
        bot.restore("?dryRun=true", wanted).then().statusCode(200);
        bot.restore("", wanted).then().statusCode(200);
    }

    /** Returns the number of its event, once there is a file to go back to. */
    private String saved(byte[] content) {
        var sequence = bot.save(content).then().statusCode(201).extract().header("Everstate-Sequence");
        bot.awaitFile(sequence);
        return sequence;
    }
}
