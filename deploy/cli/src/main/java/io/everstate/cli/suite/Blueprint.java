package io.everstate.cli.suite;

import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.PortName;
import io.everstate.cli.place.Ports;
import io.everstate.cli.place.ServiceName;
import io.everstate.cli.supervision.Backoff;
import io.everstate.cli.supervision.ServiceSpec;
import io.everstate.platform.launcher.PlatformCommand;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.ServiceJvm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How each process of the suite is started: its command line and its environment. Secrets go by the environment only. */
final class Blueprint {

    /** bot-service's end is recovery-service's to deal with first; the supervisor is the net below it. */
    static final Duration AFTER_RECOVERY = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOOPBACK = "127.0.0.1";
    private final SuiteOptions options;
    private final Credentials credentials;
    private final Map<String, String> environment;

    /** @param environment of this process: {@code EVERSTATE_JAVA_OPTIONS_BOT_SERVICE="-Xmx1g ..."} is added to a service's options */
    Blueprint(SuiteOptions options, Credentials credentials, Map<String, String> environment) {
        this.options = options;
        this.credentials = credentials;
        this.environment = environment;
    }

    ServiceSpec platform() {
        PlatformCommand platform = PlatformCommand.of(PlatformOptions.in(data().platform())
                .ports(ports().platform())
                .secrets(credentials.secrets())
                .libraries(options.installation().platformLibraries())
                .detached());
        List<String> command = new ArrayList<>(platform.command());
        command.add(1, marker(ServiceName.PLATFORM));
        Map<String, String> variables = new LinkedHashMap<>(ServiceJvm.ENVIRONMENT);
        variables.putAll(platform.environment());
        return spec(ServiceName.PLATFORM, command, variables, url(PortName.PLATFORM_HEALTH) + "/health");
    }

    ServiceSpec service(ServiceName service) {
        List<String> command = new ArrayList<>();
        command.add(options.installation().java().toString());
        command.add(marker(service.text()));
        command.addAll(ServiceJvm.options(options.installation().jar(service)));
        String more = environment.getOrDefault("EVERSTATE_JAVA_OPTIONS_" + service.variablePart(), "");
        command.addAll(List.of(more.strip().split("\\s+")).stream()
                .filter(option -> !option.isEmpty())
                .toList());
        command.addAll(List.of("-jar", options.installation().jar(service).toString()));
        return spec(service.text(), command, variables(service), url(service.managementPort()) + "/q/health/ready");
    }

    private ServiceSpec spec(String name, List<String> command, Map<String, String> variables, String readiness) {
        Duration first = name.equals(ServiceName.BOT.text()) ? AFTER_RECOVERY : Duration.ZERO;
        return new ServiceSpec(
                name,
                command,
                marker(name),
                variables,
                data().pidFile(name),
                data().log(name),
                URI.create(readiness),
                Backoff.standard().atLeast(first),
                PATIENCE);
    }

    private Map<String, String> variables(ServiceName service) {
        Map<String, String> variables = new LinkedHashMap<>(ServiceJvm.ENVIRONMENT);
        variables.put("KAFKA_BOOTSTRAP_SERVERS", LOOPBACK + ":" + ports().of(PortName.KAFKA));
        variables.put("QUARKUS_HTTP_HOST", LOOPBACK);
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(ports().of(service.port())));
        variables.put("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
        variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports().of(service.managementPort())));
        variables.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        variables.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                credentials.identity().publicKeyFile().toString());
        variables.put("MP_JWT_VERIFY_ISSUER", "everstate");
        variables.put(
                "EVERSTATE_IDENTITY_TOKEN_FILE", data().token(service.text()).toString());
        variables.putAll(peers());
        variables.putAll(
                switch (service) {
                    case BOT -> bots();
                    case STATE -> database("state");
                    case BACKUP -> backups();
                    case RECOVERY -> database("recovery");
                });
        variables.putAll(options.settings().getOrDefault(service, Map.of()));
        return variables;
    }

    private Map<String, String> peers() {
        Map<String, String> peers = new LinkedHashMap<>();
        for (ServiceName peer : ServiceName.values()) {
            peers.put("EVERSTATE_PEERS_" + peer.variablePart(), url(peer.port()));
            peers.put("EVERSTATE_PEERS_" + peer.variablePart() + "_MANAGEMENT", url(peer.managementPort()));
        }
        peers.put("EVERSTATE_PEERS_SUPERVISOR", url(PortName.SUPERVISOR));
        return peers;
    }

    private Map<String, String> bots() {
        Map<String, String> bots = storage("everstate-bots");
        bots.put("EVERSTATE_WORKSPACE_DIRECTORY", data().workspace().toString());
        bots.put("EVERSTATE_CHECKPOINT_DIRECTORY", data().checkpoints().toString());
        bots.put("EVERSTATE_DOCUMENT_DIRECTORY", data().documents().toString());
        return bots;
    }

    private Map<String, String> backups() {
        Map<String, String> backups = new LinkedHashMap<>(database("backup"));
        backups.putAll(storage("everstate"));
        backups.put("EVERSTATE_WORKSPACES_DEFAULT_DIRECTORY", data().workspace().toString());
        return backups;
    }

    private Map<String, String> storage(String bucket) {
        Map<String, String> storage = new LinkedHashMap<>();
        storage.put("EVERSTATE_STORAGE_ENDPOINT", url(PortName.S3));
        storage.put("EVERSTATE_STORAGE_ACCESS_KEY", credentials.secrets().s3AccessKey());
        storage.put("EVERSTATE_STORAGE_SECRET_KEY", credentials.secrets().s3SecretKey());
        storage.put("EVERSTATE_STORAGE_BUCKET", bucket);
        return storage;
    }

    private Map<String, String> database(String name) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://" + LOOPBACK + ":" + ports().of(PortName.POSTGRES) + "/" + name,
                "QUARKUS_DATASOURCE_USERNAME",
                "everstate",
                "QUARKUS_DATASOURCE_PASSWORD",
                credentials.secrets().postgresPassword());
    }

    /** Two suites of one machine differ in their directory. */
    private String marker(String name) {
        return "-Deverstate.process=" + name + "@" + data().root();
    }

    private String url(PortName port) {
        return "http://" + LOOPBACK + ":" + ports().of(port);
    }

    private DataDirectory data() {
        return options.data();
    }

    private Ports ports() {
        return options.ports();
    }
}
