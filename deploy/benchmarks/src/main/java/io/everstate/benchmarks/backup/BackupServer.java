package io.everstate.benchmarks.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.benchmarks.place.Place;
import io.everstate.benchmarks.place.Rest;
import io.everstate.benchmarks.place.ServiceProcess;
import io.everstate.cli.place.ServiceName;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.launcher.ObjectStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One backup-service as a process on a platform, with a database and a bucket of its own, which does nothing by itself. */
final class BackupServer extends ServiceProcess {

    /** The digests and ciphers of the JDK are fast only where the optimising compiler is on. */
    static final List<String> OPTIMISING = List.of("-XX:TieredStopAtLevel=4", "-XX:ReservedCodeCacheSize=96m");

    private static final String WORKSPACE = "tree";
    private static final URI NOT_THERE = URI.create("http://127.0.0.1:1");
    private static final Duration DAY = Duration.ofDays(1);

    /** Each look is an authenticated request with a query: a hundred a second took a sixth of the service's processor time. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final double KILOBYTES_A_MEGABYTE = 1 << 10;

    private final Rest rest = new Rest();
    private final Settings settings;
    private final String token;

    /**
     * @param name of its database and its bucket
     * @param workspace the directory that it backs up
     * @param stateService where state-service answers
     * @param jvm options that come after those of {@code everstate up}
     * @param more of its configuration, as environment variables
     */
    record Settings(
            String name,
            Database database,
            ObjectStorage storage,
            Path workspace,
            URI stateService,
            List<String> jvm,
            Map<String, String> more) {

        Settings {
            jvm = List.copyOf(jvm);
            more = Map.copyOf(more);
        }

        /** For who takes no backups. */
        static Settings withoutWorkspace(Place place, ObjectStorage storage, Map<String, String> more) {
            return new Settings(
                    "segments", place.newDatabase("segments"), storage, place.directory(), NOT_THERE, OPTIMISING, more);
        }
    }

    /**
     * One that was completed.
     *
     * @param prefix of its objects' names
     * @param secondsToUpload until archive and manifest were in the storage
     * @param seconds until all of it was read back from there and compared, too
     */
    record Taken(String id, String kind, String prefix, double secondsToUpload, double seconds) {}

    private BackupServer(Place place, Settings settings) {
        super(ServiceName.BACKUP, place, settings.jvm());
        this.settings = settings;
        this.token = place.identity().token("benchmark", Set.of("viewer", "operator", "admin"), DAY);
        place.identity().writeToken(tokenFile(), "service", Set.of("viewer", "operator", "admin"), DAY);
    }

    /** Returns when it is ready. */
    static BackupServer start(Place place, Settings settings) {
        BackupServer server = new BackupServer(place, settings);
        server.begin();
        return server;
    }

    /** @throws IllegalStateException when it fails */
    Taken take(String kind) {
        Stopwatch stopwatch = Stopwatch.start();
        String id = post("/api/v1/backups", "{\"workspace\":\"%s\",\"kind\":\"%s\"}".formatted(WORKSPACE, kind));
        double uploaded = 0;
        while (true) {
            JsonNode backup = get("/api/v1/backups/" + id);
            double seconds = stopwatch.seconds();
            switch (backup.path("status").asText()) {
                case "REQUESTED", "RUNNING" -> LockSupport.parkNanos(LOOK.toNanos());
                case "UPLOADED" -> {
                    uploaded = uploaded == 0 ? seconds : uploaded;
                    LockSupport.parkNanos(LOOK.toNanos());
                }
                case "COMPLETED" -> {
                    String object = backup.path("objectName").asText();
                    return new Taken(
                            id,
                            backup.path("kind").asText(),
                            object.substring(0, object.lastIndexOf('/') + 1),
                            uploaded == 0 ? seconds : uploaded,
                            seconds);
                }
                default -> throw new IllegalStateException("a backup ended as " + backup);
            }
        }
    }

    /** Returns when it is COMPLETED, so durable and read again where it is; how many seconds it took. */
    double restore(Taken backup) {
        Stopwatch stopwatch = Stopwatch.start();
        String id = post("/api/v1/restores", "{\"backupId\":\"%s\"}".formatted(backup.id()));
        while (true) {
            JsonNode restore = get("/api/v1/restores/" + id);
            switch (restore.path("status").asText()) {
                case "RUNNING" -> LockSupport.parkNanos(LOOK.toNanos());
                case "COMPLETED" -> {
                    return stopwatch.seconds();
                }
                default -> throw new IllegalStateException("a restore ended as " + restore);
            }
        }
    }

    JsonNode get(String path) {
        try {
            return Rest.json(rest.get(url(path), token).join());
        } catch (CompletionException e) {
            throw new IllegalStateException(settings.name() + " does not answer: " + log(), e);
        }
    }

    /** Returns the id of what was accepted. */
    String post(String path, String body) {
        return Rest.json(rest.post(url(path), token, body).join()).path("id").asText();
    }

    /** The most that was resident of its present process since it started, in MB. */
    double peakMegabytes() {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(pid()), "status")));
            if (!peak.find()) {
                throw new IllegalStateException("the system does not say how large the process was");
            }
            return Long.parseLong(peak.group(1)) / KILOBYTES_A_MEGABYTE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", settings.database().url());
        environment.put("QUARKUS_DATASOURCE_USERNAME", settings.database().user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", settings.database().password());
        environment.put("EVERSTATE_IDENTITY_TOKEN_FILE", tokenFile().toString());
        environment.put("EVERSTATE_PEERS_STATE_SERVICE", settings.stateService().toString());
        environment.put(
                "EVERSTATE_STORAGE_ENDPOINT", settings.storage().endpoint().toString());
        environment.put("EVERSTATE_STORAGE_ACCESS_KEY", settings.storage().accessKey());
        environment.put("EVERSTATE_STORAGE_SECRET_KEY", settings.storage().secretKey());
        environment.put("EVERSTATE_STORAGE_BUCKET", settings.name());
        environment.put(
                "EVERSTATE_WORKSPACES_TREE_DIRECTORY", settings.workspace().toString());
        environment.put("EVERSTATE_WORKSPACES_TREE_KIND", "generic");
        environment.put(
                "EVERSTATE_BACKUP_SPOOL_DIRECTORY", directory().resolve("spool").toString());
        environment.put("EVERSTATE_SCHEDULE_AT_START", "false");
        environment.put("EVERSTATE_SCHEDULE_FULL_EVERY", "0s");
        environment.put("EVERSTATE_RETENTION_LOOK_EVERY", "off");
        environment.put("EVERSTATE_SEGMENTS_ENABLED", "false");
        environment.putAll(settings.more());
        return environment;
    }

    private Path tokenFile() {
        return directory().resolve("service.token");
    }
}
