package io.everstate.state.health.look;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.state.health.look.Question.Answer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** backup-service, and the object storage as it has found it: nobody else has a key to that. */
@Singleton
final class BackupLook implements Look {
    private static final String CHECK = "object storage";
    private static final String REACHABLE = "reachable";

    private final PeerAddresses peers;
    private final Question question;

    BackupLook(PeerAddresses peers, Question question) {
        this.peers = peers;
        this.question = question;
    }

    @Override
    public List<Observation> look() {
        try {
            var answer = question.open(peers.managementOf("backup-service").resolve(ServiceLook.READY));
            return List.of(Readiness.of(Component.BACKUP, answer), storage(answer));
        } catch (IOException e) {
            return List.of(
                    Observation.away(Component.BACKUP, Question.why(e)),
                    Observation.impaired(
                            Component.OBJECT_STORAGE, "is not known: backup-service, which asks it, does not answer"));
        }
    }

    private static Observation storage(Answer answer) {
        var found = StreamSupport.stream(answer.body().path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals(CHECK))
                .map(check -> check.path("data").path("storage"))
                .map(JsonNode::asText)
                .findFirst()
                .orElse("not asked by backup-service");
        if (found.equals(REACHABLE)) {
            return Observation.well(Component.OBJECT_STORAGE);
        }
        return found.startsWith("away")
                ? Observation.away(Component.OBJECT_STORAGE, "is " + found)
                : Observation.impaired(Component.OBJECT_STORAGE, "is " + found);
    }
}
