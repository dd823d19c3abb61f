package io.everstate.backup.testing;

import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Surroundings} with a storage that fails on purpose, a client that gives up after seconds, and a spool on a small disk where one can be mounted. */
public final class FaultySurroundings implements QuarkusTestResourceLifecycleManager {
    /** Whether the spool is on a disk of {@link #SPOOL_MEBIBYTES}. */
    public static final String SMALL_SPOOL = "everstate.test.small-spool";

    public static final int SPOOL_MEBIBYTES = 40;

    private final Surroundings surroundings = new Surroundings();
    private @Nullable FaultyStorage storage;
    private @Nullable SmallDisk spool;

    /** After {@link Surroundings}, which the other tests give to all classes: the later one's settings count. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        storage =
                new FaultyStorage(TestPlatform.shared().storage().endpoint(), path -> path.endsWith("archive.tar.gz"));
        var configuration = new HashMap<>(surroundings.start());
        configuration.putAll(TestPlatform.shared().configuration("bucket=faulty-it"));
        configuration.putAll(OwnDatabase.configuration());
        configuration.put("everstate.storage.endpoint", storage.url().toString());
        configuration.put("everstate.storage.call-timeout", "2s");
        configuration.put("everstate.storage.retry-for", "3s");
        configuration.put("everstate.storage.breaker-delay", "500ms");
        configuration.put("everstate.storage.resume-for", "60s");
        configuration.put("everstate.storage.part-size", "5M");
        putTheSpoolOnASmallDisk(configuration);
        return configuration;
    }

    private void putTheSpoolOnASmallDisk(Map<String, String> configuration) {
        try {
            var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/directories")), "spool-")
                    .toRealPath();
            var disk = new SmallDisk(directory, SPOOL_MEBIBYTES);
            spool = disk;
            configuration.put(SMALL_SPOOL, String.valueOf(disk.isMounted()));
            configuration.put("everstate.backup.spool-directory", directory.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        surroundings.stop();
        if (storage != null) {
            storage.close();
        }
        if (spool != null) {
            spool.close();
        }
    }
}
