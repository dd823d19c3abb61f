package io.everstate.e2e;

import io.everstate.cli.client.Services;
import io.everstate.cli.place.DataDirectory;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.platform.testkit.TestPlatform;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The four services on the test's platform, whose parts can be taken away. Nobody supervises them: what dies stays dead. */
final class LooseServices implements AutoCloseable {

    /** They start together, as on a machine that was switched on. */
    private static final Duration START = Duration.ofMinutes(3);

    private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();
    private final Path directory;

    private LooseServices(Path directory) {
        this.directory = directory;
    }

    /** Returns when all are ready. */
    static LooseServices start(Path directory, String webhook) {
        LooseServices services = new LooseServices(directory);
        try {
            services.startAll(webhook);
            return services;
        } catch (RuntimeException | AssertionError e) {
            services.close();
            throw e;
        }
    }

    private void startAll(String webhook) {
        Path workspace = directory.resolve("workspace");
        start("state-service", Map.of(), "database=state");
        start(
                "bot-service",
                Map.of(
                        "everstate.workspace.directory",
                        workspace,
                        "everstate.checkpoint.directory",
                        directory.resolve("checkpoints"),
                        "everstate.market.speed",
                        "20",
                        "everstate.fleet.default-arbitrage-bot",
                        "false"));
        start(
                "backup-service",
                Map.of("everstate.workspaces.default.directory", workspace),
                "database=backup",
                "bucket=everstate");
        start("recovery-service", Map.of("everstate.alerts.webhook-url", webhook), "database=recovery");
        processes.values().forEach(process -> process.awaitReady(START));
    }

    private void start(String name, Map<String, Object> settings, String... parts) {
        ServiceProcess.Builder builder =
                ServiceProcess.of(name).configuration(TestPlatform.shared().configuration(parts));
        processes.forEach((peer, process) -> builder.set("everstate.peers." + peer, process.url())
                .set("everstate.peers." + peer + "-management", process.managementUrl()));
        settings.forEach(builder::set);
        processes.put(name, builder.awaitingReadiness(false).start());
    }

    URI url(String service) {
        return process(service).url();
    }

    /** As the operator's commands reach them. */
    Services clients() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("EVERSTATE_TOKEN", TestIdentity.shared().token("operator"));
        processes.forEach((name, process) -> environment.put(
                "EVERSTATE_URL_" + name.toUpperCase(Locale.ROOT).replace('-', '_'),
                process.url().toString()));
        return new Services(new DataDirectory(directory), environment);
    }

    /** Changes when one ends. */
    List<Long> alive() {
        return processes.values().stream()
                .filter(ServiceProcess::isAlive)
                .map(ServiceProcess::pid)
                .toList();
    }

    String lastLines() {
        return processes.values().stream()
                .map(process -> LastLines.of(process.log()))
                .collect(Collectors.joining("\n"));
    }

    private ServiceProcess process(String service) {
        ServiceProcess process = processes.get(service);
        if (process == null) {
            throw new IllegalArgumentException("there is no " + service);
        }
        return process;
    }

    @Override
    public void close() {
        processes.values().forEach(ServiceProcess::close);
    }
}
