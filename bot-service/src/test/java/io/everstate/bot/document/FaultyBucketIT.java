package io.everstate.bot.document;

import static io.everstate.bot.document.FaultyBucket.fault;
import static io.everstate.bot.document.SavingBot.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large documents and a storage that refuses, hangs, loses, cuts and changes. */
@QuarkusTest
@TestProfile(FaultyBucketIT.Impatient.class)
@QuarkusTestResource(PlatformResource.class)
class FaultyBucketIT {
    private static final byte[] SMALL = {1, 2, 3};

    /** A storage that hangs is given up after seconds. */
    public static final class Impatient extends LargeDocumentsProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(super.getConfigOverrides());
            settings.put("everstate.storage.call-timeout", "2S");
            settings.put("everstate.storage.transfer-timeout", "4S");
            return settings;
        }
    }

    private SavingBot bot;

    @BeforeEach
    void register() {
        bot = SavingBot.registered();
    }

    @AfterEach
    void heal() throws IOException {
        fault(Fault.NONE);
        SpoolDirectory.requireEmpty();
    }

    /** What is not sure to be in the storage is in no event; what needs no storage goes on. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "NONE",
                "LOSES_THE_LAST_BYTE",
                "ONE_READ_IS_FLIPPED",
                "WRITES_GET_ANOTHER_TAG",
                "COMPLETIONS_ARE_ERRORS_WITH_200",
                "COMPLETIONS_ARE_DONE_AND_NOT_ANSWERED"
            })
    void nothingIsRecordedThatTheStorageDoesNotGiveBack(Fault fault) {
        fault(fault);

        var answer = bot.save(bytes(2 << 20));

        answer.then().statusCode(503).header("Retry-After", "1").body("type", is("urn:everstate:problem:unavailable"));
        bot.report().then().statusCode(201);
        bot.save(SMALL).then().statusCode(201);
        assertThat(bot.newest().asByteArray()).isEqualTo(SMALL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ERRORS", "HANGS", "READS_HANG", "READS_ARE_CUT", "READS_ARE_FLIPPED", "READS_FIND_NOTHING"})
    void noWrongByteIsEverGivenBack(Fault fault) {
        var content = bytes(2 << 20);
        bot.save(content).then().statusCode(201);
        fault(fault);

        var answer = bot.newest();

        var lost = fault == Fault.READS_ARE_FLIPPED || fault == Fault.READS_FIND_NOTHING;
        answer.then().statusCode(lost ? 422 : 503).contentType("application/problem+json");
        fault(Fault.NONE);
        assertThat(bot.newest().asByteArray()).isEqualTo(content);
    }
}
