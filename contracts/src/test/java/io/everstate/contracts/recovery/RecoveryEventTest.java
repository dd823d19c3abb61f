package io.everstate.contracts.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.recovery.RecoveryEvent.DisasterDetected;
import io.everstate.contracts.recovery.RecoveryEvent.RunCompleted;
import io.everstate.contracts.recovery.RecoveryEvent.RunFailed;
import io.everstate.contracts.recovery.RecoveryEvent.RunStarted;
import io.everstate.contracts.recovery.RecoveryEvent.StepDone;
import io.everstate.contracts.sample.Golden;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.wire.EventTypes;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecoveryEventTest {
    private static final UUID DISASTER = UUID.fromString("019a9b61-2222-7000-8000-000000000001");
    private static final UUID RUN = UUID.fromString("019a9b61-2222-7000-8000-000000000002");
    private static final Instant AT = Instant.parse("2026-11-20T11:12:13Z");

    private final JacksonFormat json = new JacksonFormat();

    static Stream<RecoveryEvent> events() {
        var crash = DisasterType.SYSTEM_CRASH;
        return Stream.of(
                new DisasterDetected(DISASTER, crash, crash.severity(), "bot-service", AT),
                new RunStarted(RUN, DISASTER, crash, "bot-service", AT),
                new StepDone(RUN, 2, "restart the service", "it answers again", AT),
                new RunCompleted(RUN, DISASTER, DisasterType.DATA_CORRUPTION, "default", AT),
                new RunFailed(
                        RUN, DISASTER, DisasterType.CONFIG_LOSS, "default", "there is no backup that verifies", AT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isWrittenAsItsGoldenText(RecoveryEvent event) {
        assertThat(new String(json.write(event), UTF_8)).isEqualTo(Golden.text(file(event.eventType())));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isReadFromItsGoldenText(RecoveryEvent event) {
        var text = Golden.text(file(event.eventType()));

        assertThat(json.read(text.getBytes(UTF_8), event.getClass())).isEqualTo(event);
    }

    @Test
    void hasAGoldenTextForEveryType() {
        var types = EventTypes.byName(RecoveryEvent.DOMAIN, RecoveryEvent.class).keySet();

        assertThat(Golden.files("recovery"))
                .containsAll(types.stream().map(RecoveryEventTest::file).toList());
    }

    @ParameterizedTest
    @MethodSource("events")
    void isKeyedByItsRunOrBeforeThatByItsDisaster(RecoveryEvent event) {
        assertThat(event.key()).isEqualTo(event instanceof DisasterDetected ? DISASTER : RUN);
    }

    private static String file(String type) {
        return "recovery/" + type.replace("io.everstate.recovery.", "") + ".json";
    }
}
