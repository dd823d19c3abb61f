package io.everstate.state.health.look;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;

/** Every replica of bot-service. Which there are says the one that answers at the configured address; when none does, that one is looked at. */
@Singleton
final class BotServiceLook implements Look {
    private final PeerAddresses peers;
    private final Question question;
    private final ServiceLook readiness;

    BotServiceLook(PeerAddresses peers, Question question, ServiceLook readiness) {
        this.peers = peers;
        this.question = question;
        this.readiness = readiness;
    }

    @Override
    public List<Observation> look() {
        try {
            var answer = question.known(peers.of(Component.BOT_SERVICE).resolve("/api/v1/replicas"));
            var addresses = StreamSupport.stream(answer.body().path("items").spliterator(), false)
                    .map(replica -> replica.path("address"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .toList();
            return addresses.size() > 1 ? each(addresses) : alone();
        } catch (IOException e) {
            return alone();
        }
    }

    private List<Observation> alone() {
        return List.of(readiness.at(Component.BOTS));
    }

    private List<Observation> each(List<String> addresses) {
        try (var questions = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = addresses.stream()
                    .<Callable<Observation>>map(address -> () -> at(address))
                    .toList();
            return questions.invokeAll(all).stream().map(Future::resultNow).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return alone();
        }
    }

    private Observation at(String address) {
        var replica = Component.replica(Component.BOT_SERVICE, address);
        try {
            var answer = question.known(URI.create(address).resolve("/api/v1/partitions"));
            return answer.ok()
                    ? Observation.well(replica)
                    : Observation.impaired(replica, "answers " + answer.status());
        } catch (IOException | IllegalArgumentException e) {
            return Observation.away(
                    replica, e instanceof IOException failure ? Question.why(failure) : "has no address");
        }
    }
}
