package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.place.Place;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A process that is a member of a consumer group, and says how many partitions it has whenever that changes. */
final class GroupMember implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<String> command;
    private volatile int partitions;
    private Process process;

    private GroupMember(List<String> command) {
        this.command = command;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    }

    static GroupMember start(Place place, String protocol, String group, String name) {
        return new GroupMember(List.of(
                Installation.find().java().toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                GroupMemberProcess.class.getName(),
                place.kafka(),
                protocol,
                group,
                name));
    }

    static void awaitShared(int all, GroupMember... members) {
        boolean shared = Poll.untilTrue(
                () -> Arrays.stream(members).allMatch(member -> member.partitions > 0)
                        && Arrays.stream(members)
                                        .mapToInt(member -> member.partitions)
                                        .sum()
                                == all,
                LOOK,
                PATIENCE);
        if (!shared) {
            throw new IllegalStateException("the members do not come to share the partitions");
        }
    }

    private Process launch() {
        try {
            Process started =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            partitions = 0;
            Thread.ofPlatform().daemon().start(() -> listen(started));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(Process started) {
        try (var lines = started.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(GroupMemberProcess.SAYS)) {
                    partitions = Integer.parseInt(line.substring(GroupMemberProcess.SAYS.length()));
                }
            }
        } catch (IOException e) {
            partitions = 0; // it was killed in the middle of a line
        }
    }

    /** As a replica that is told to stop. */
    void leave() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    void startAgain() {
        process.onExit().join();
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
