package io.everstate.bot.document;

import static io.everstate.bot.document.SavingBot.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders and receivers that are slow, stand still or leave: they hold no place and no file of others. */
@QuarkusTest
@TestProfile(LargeDocumentsProfile.class)
@QuarkusTestResource(PlatformResource.class)
class SlowTransfersIT {
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
    void aBodyThatIsCutShortLeavesNothing() throws IOException {
        var content = bytes(4 << 20);
        try (var socket = PlainSocket.of(bot)) {
            socket.beginChunked().sendChunks(content, 3 << 20);
        }
        try (var socket = PlainSocket.of(bot)) {
            socket.begin(content.length).send(content, 3 << 20);
        }

        bot.report().then().statusCode(201);
        bot.requireNothingHappened();
    }

    @Test
    void whoLeavesInTheMiddleHoldsNoPlace() throws IOException {
        var content = bytes(LARGEST);
        bot.requireSaved(content);

        for (var i = 0; i < 4; i++) {
            try (var socket = PlainSocket.of(bot)) {
                assertThat(socket.readTheBeginning()).startsWith("HTTP/1.1 200");
            }
        }

        requireGivenSoon(content);
    }

    @Test
    void whoStaysAndReadsNoFurtherHoldsNoPlaceForEver() throws IOException {
        var content = bytes(LARGEST);
        bot.requireSaved(content);
        try (var one = PlainSocket.narrow(bot);
                var other = PlainSocket.narrow(bot)) {
            assertThat(one.readTheBeginning()).startsWith("HTTP/1.1 200");
            assertThat(other.readTheBeginning()).startsWith("HTTP/1.1 200");
            bot.newest().then().statusCode(503);

            requireGivenSoon(content);
        }
    }

    private void requireGivenSoon(byte[] content) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bot.newest().asByteArray()).isEqualTo(content));
    }

    /** Above, as below, 1 MiB: who sends a byte now and then is not waited for any longer than others, is told why, and is hung up on. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 2 << 20})
    void aSenderThatTricklesIsSentAwayInTime(int length) throws IOException {
        try (var socket = PlainSocket.of(bot).begin(length)) {
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(20))
                    .until(socket::trickle);

            assertThat(socket.answerToTheEnd())
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("Retry-After: 1\r\n")
                    .contains("urn:everstate:problem:unavailable", "the body did not arrive within PT10S");
        }
        bot.requireNothingHappened();
    }

    @Test
    void slowSendersOfOneBotTakeNoPlaceOfAnother() throws IOException {
        var slow = new ArrayList<PlainSocket>();
        try {
            for (var i = 0; i < 8; i++) {
                slow.add(PlainSocket.of(bot).begin(1000));
            }
            await().untilAsserted(() -> bot.save(SMALL).then().statusCode(503));

            var other = SavingBot.registered();

            other.save(SMALL).then().statusCode(201);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }
}
