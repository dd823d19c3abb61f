package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.wire.Topics;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * A Kafka of three nodes, each broker and controller in a process of its own. A topic whose writes need two replicas has them on two of three.
 * What is killed can be started again.
 */
final class ThreeBrokers implements AutoCloseable {

    static final List<Integer> ALL = List.of(1, 2, 3);

    private static final String CLUSTER = "RXZlcnN0YXRlLXRocmVlLQ";

    private final Path directory;
    private final List<Integer> ports = List.copyOf(Ports.free(ALL.size()));
    private final List<Integer> controllerPorts = List.copyOf(Ports.free(ALL.size()));
    private final Map<Integer, Process> running = new TreeMap<>();

    private ThreeBrokers(Path directory) {
        this.directory = directory;
    }

    /** Returns when all are on their way: who needs them waits for them. */
    static ThreeBrokers start(Path directory) {
        ThreeBrokers brokers = new ThreeBrokers(directory);
        try {
            List<Process> formatting = ALL.stream().map(brokers::format).toList();
            formatting.forEach(ThreeBrokers::requireDone);
            ALL.forEach(brokers::start);
        } catch (RuntimeException e) {
            brokers.close();
            throw e;
        }
        return brokers;
    }

    String bootstrapServers() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** SIGKILL; returns when it is gone. */
    void kill(int node) {
        Process killed = running.remove(node);
        if (killed != null) {
            killed.destroyForcibly().onExit().join();
        }
    }

    /** Fails while one of them has not got all that the others have. */
    void requireInSync() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            TopicDescription events = admin.describeTopics(List.of(Topics.BOT_EVENTS))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next();
            assertThat(events.partitions())
                    .allSatisfy(partition -> assertThat(partition.isr()).hasSize(ALL.size()));
        }
    }

    /** On the directory that it has. */
    void start(int node) {
        running.put(node, launch(node, "kafka.Kafka", settings(node).toString()));
    }

    /** Its topics are in {@code kafka} below. */
    Path data(int node) {
        return directory.resolve("node-" + node);
    }

    Path log(int node) {
        return directory.resolve("node-" + node + ".log");
    }

    private Path settings(int node) {
        return directory.resolve("node-" + node + ".properties");
    }

    private Process format(int node) {
        try {
            Files.createDirectories(data(node));
            Files.writeString(settings(node), properties(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return launch(
                node,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                CLUSTER,
                "-c",
                settings(node).toString());
    }

    private String properties(int node) {
        return """
            process.roles=broker,controller
            node.id=%1$d
            controller.quorum.voters=%2$s
            listeners=PLAINTEXT://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%4$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%3$d
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            controller.listener.names=CONTROLLER
            inter.broker.listener.name=PLAINTEXT
            log.dirs=%5$s
            auto.create.topics.enable=false
            offsets.topic.replication.factor=3
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=3
            transaction.state.log.num.partitions=1
            group.initial.rebalance.delay.ms=0
            broker.session.timeout.ms=3000
            broker.heartbeat.interval.ms=500
            log.cleaner.dedupe.buffer.size=4194304
            num.network.threads=2
            num.io.threads=2
            """.formatted(
                        node,
                        voters(),
                        ports.get(node - 1),
                        controllerPorts.get(node - 1),
                        data(node).resolve("kafka"));
    }

    private String voters() {
        return IntStream.range(0, ALL.size())
                .mapToObj(index -> ALL.get(index) + "@127.0.0.1:" + controllerPorts.get(index))
                .collect(Collectors.joining(","));
    }

    private static void requireDone(Process process) {
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IllegalStateException("a node was not formatted: " + code);
        }
    }

    private Process launch(int node, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                PlatformOptions.in(directory).libraries().resolve("*").toString(),
                main));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(node).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::kill);
    }
}
