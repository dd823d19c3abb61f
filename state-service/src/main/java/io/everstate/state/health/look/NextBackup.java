package io.everstate.state.health.look;

import io.everstate.contracts.view.HealthView.Due;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.stream.StreamSupport;

/** When the next backup comes by itself, as backup-service says. Never throws. */
@Singleton
public final class NextBackup {
    private final PeerAddresses peers;
    private final Question question;
    private final Clock clock;

    NextBackup(PeerAddresses peers, Question question, Clock clock) {
        this.peers = peers;
        this.question = question;
        this.clock = clock;
    }

    private record Next(String what, Instant at) {}

    public Due due() {
        try {
            var answer = question.known(peers.of("backup-service").resolve("/api/v1/schedules"));
            if (!answer.ok()) {
                return Due.unknown("backup-service answers " + answer.status());
            }
            return StreamSupport.stream(answer.body().path("items").spliterator(), false)
                    .filter(schedule -> schedule.path("next").isTextual())
                    .map(schedule -> new Next(
                            schedule.path("kind").asText() + " of "
                                    + schedule.path("workspace").asText(),
                            Instant.parse(schedule.path("next").asText())))
                    .min((one, other) -> one.at().compareTo(other.at()))
                    .map(next -> Due.at(next.what(), next.at(), clock.instant()))
                    .orElseGet(() -> Due.unknown("no backup is taken by itself"));
        } catch (IOException e) {
            return Due.unknown("backup-service " + Question.why(e));
        } catch (DateTimeException e) {
            return Due.unknown("backup-service answered what is not understood");
        }
    }
}
