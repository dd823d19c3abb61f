package io.everstate.recovery.alert.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.recovery.ChatServer;
import io.everstate.recovery.HalfAnswers;
import io.everstate.recovery.alert.Alert;
import io.everstate.recovery.alert.AlertChannel;
import io.everstate.recovery.alert.AlertChannel.Answer;
import io.everstate.recovery.alert.AlertChannelContract;
import io.everstate.recovery.alert.AlertKind;
import io.everstate.recovery.platform.JacksonFormat;
import io.everstate.recovery.world.WorldServers;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("BD13")
class WebhookChannelTest implements AlertChannelContract {
    private static final Clock CLOCK = Clock.fixed(AT, ZoneOffset.UTC);

    private ChatServer chat;

    @BeforeEach
    void start() throws IOException {
        chat = new ChatServer();
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    private static AlertChannel channelTo(URI url, Duration timeout) {
        var config = new TestAlertConfig(Optional.of(url), timeout);
        return new WebhookChannel(config, new JacksonFormat(WorldServers.JSON), CLOCK);
    }

    @Override
    public AlertChannel channel() {
        return channelTo(chat.url(), Duration.ofSeconds(5));
    }

    @Override
    public void breakDown() {
        chat.close();
    }

    @Override
    public List<String> delivered() {
        return chat.received().stream()
                .map(body -> body.get("text").textValue())
                .toList();
    }

    private Answer send() {
        return channel().send(Alert.of(AlertKind.BACKUP_FAILED, "It failed.", AT));
    }

    @Test
    void saysThatItSendsJson() {
        send();

        assertThat(chat.contentTypes()).containsExactly("application/json");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void takesEverySuccessForAccepted(int status) {
        chat.reply(status);

        assertThat(send()).isEqualTo(new Answer.Accepted());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void canBeTriedAgainAfterADefectOfTheOtherSide(int status) {
        chat.reply(status);

        assertThat(send()).isEqualTo(new Answer.Unreachable("the channel answered " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410, 302, 307})
    void isRefusedForEverByAnyOtherAnswerAndFollowsNoRedirect(int status) {
        chat.reply(status);

        assertThat(send()).isEqualTo(new Answer.Refused("the channel answered " + status));
        assertThat(chat.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "0.5, PT0.5S",
        "'Sat, 21 Nov 2026 10:00:30 GMT', PT30S",
        "'Sat, 21 Nov 2026 09:00:00 GMT', PT0S",
        "99999, PT5M",
        "soon, PT2S",
        "-1, PT2S"
    })
    void waitsAsLongAsABusyChannelAsksWithinLimits(String retryAfter, Duration pause) {
        chat.busy(retryAfter);

        assertThat(send()).isEqualTo(new Answer.Busy(pause));
    }

    @Test
    void givesUpASilentChannelAtItsDeadline() {
        chat.silent(Duration.ofSeconds(30));

        var answer =
                channelTo(chat.url(), Duration.ofMillis(200)).send(Alert.of(AlertKind.BACKUP_FAILED, "It failed.", AT));

        assertThat(answer).isEqualTo(new Answer.Unreachable("no answer (HttpTimeoutException)"));
    }

    @Test
    @Timeout(20)
    void givesUpAChannelThatSendsTheHeadOfAnAnswerAndThenNothing() throws IOException {
        try (var half = new HalfAnswers()) {
            var answer = channelTo(half.url(), Duration.ofMillis(500))
                    .send(Alert.of(AlertKind.BACKUP_FAILED, "It failed.", AT));

            assertThat(answer).isEqualTo(new Answer.Unreachable("no answer (HttpTimeoutException)"));
            assertThat(half.asked()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://chat.example/T0PS3CR3T", "T0PS3CR3T", "http:T0PS3CR3T"})
    void refusesAnAddressThatIsNoneWithoutShowingIt(String url) {
        var address = URI.create(url);

        assertThatThrownBy(() -> channelTo(address, Duration.ofSeconds(1)))
                .hasMessage("everstate.alerts.webhook-url is no http or https address");
    }

    @Test
    void isNotConfiguredWithoutAnAddress() {
        var config = new TestAlertConfig(Optional.empty(), Duration.ofSeconds(1));

        var channel = new WebhookChannel(config, new JacksonFormat(WorldServers.JSON), CLOCK);

        assertThat(channel.configured()).isFalse();
    }
}
