package io.everstate.benchmarks.bots;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Where the peers write: as many partitions as the events have, the broker's replication. */
final class PeerTopic {

    static final String NAME = "benchmark.peer";

    private PeerTopic() {}

    static void make(String kafka, int partitions) throws InterruptedException {
        try (Admin admin = Admin.create(Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            admin.createTopics(List.of(new NewTopic(NAME, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the peers have no topic", e.getCause());
        }
    }
}
