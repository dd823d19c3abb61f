package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.everstate.bot.fleet.BotServiceProcess;
import io.everstate.bot.fleet.LostLog;
import io.everstate.bot.storage.SampleStorage;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is lost, and so is the document that the bot's local file names; on a platform of its own, with a storage that can hang. */
class LostDocumentIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private ProcessPlatform platform;
    private FaultyStorage storage;
    private BotServiceProcess service;
    private int portBefore;

    @BeforeEach
    void start() {
        platform = ProcessPlatform.start(PlatformOptions.in(directory.resolve("platform"))
                .ports(Ports.free())
                .secrets(Secrets.generate()));
        storage = new FaultyStorage(platform.storage().endpoint(), path -> path.contains("/documents/"));
        service = BotServiceProcess.startWithStorage(platform, storage.url(), "alone", directory);
        portBefore = RestAssured.port;
        RestAssured.port = service.process().httpPort();
    }

    @AfterEach
    void stop() {
        if (service != null) {
            RestAssured.port = portBefore;
            service.close();
        }
        if (storage != null) {
            storage.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Tag("EC3")
    @Tag("SF13")
    void aBotWhoseDocumentIsGoneGoesOnAndItIsSaid() throws Exception {
        var bot = SavingBot.registered();
        var sequence = bot.save(SavingBot.bytes(2 << 20))
                .then()
                .statusCode(201)
                .extract()
                .header("Everstate-Sequence");
        var object = bot.object();
        bot.awaitFile(sequence);
        service.process().close();
        LostLog.lose(platform.kafka());
        bucket().delete(object);
        storage.tell(Fault.HANGS);

        service.process().restart();

        await().atMost(SOON)
                .untilAsserted(() -> bot.known().then().statusCode(200).body("newest.document.object", is(object)));
        bot.report().then().statusCode(201);
        assertThat(missing()).as("nobody knows it yet").isZero();
        storage.tell(Fault.NONE);
        await().atMost(SOON).untilAsserted(() -> assertThat(missing()).isEqualTo(1));
        assertThat(Files.readString(service.process().log()))
                .contains("the storage does not hold %s, that of event %s, any more".formatted(object, sequence));
        bot.newest()
                .then()
                .statusCode(422)
                .body(
                        "detail",
                        is("the document of event %s, %s, is not in the storage any more".formatted(sequence, object)));
        bot.save(SavingBot.bytes(2 << 20)).then().statusCode(201);
        await().atMost(SOON).untilAsserted(() -> assertThat(missing()).isZero());
    }

    private SampleStorage bucket() {
        var there = platform.storage();
        return new SampleStorage(there.endpoint(), there.accessKey(), there.secretKey(), "everstate-bots");
    }

    private double missing() {
        return service.metrics()
                .lines()
                .filter(line -> line.startsWith("everstate_bot_documents_missing"))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such metric"));
    }
}
