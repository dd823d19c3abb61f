package io.everstate.benchmarks.backup;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.everstate.benchmarks.place.Place;
import io.everstate.platform.launcher.ObjectStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;

/**
 * Starts backup-service for one directory.
 *
 * @param stateService where state-service answers
 */
record BackupServices(Place place, ObjectStorage storage, Path workspace, URI stateService) {

    /** Packs with zstd and encrypts, with a key of its own to restore with. */
    BackupServer encrypted(List<String> jvm) {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            Path identity = place.directory().resolve("identity.txt");
            Files.writeString(identity, pair.getPrivate() + "\n");
            return start(
                    "encrypted",
                    jvm,
                    Map.of(
                            "EVERSTATE_ARCHIVE_COMPRESSION",
                            "zstd",
                            "EVERSTATE_ARCHIVE_RECIPIENTS",
                            pair.getPublic().toString(),
                            "EVERSTATE_ARCHIVE_IDENTITY_FILE",
                            identity.toString()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As everything is by default: gzip, not encrypted. */
    BackupServer gzip(List<String> jvm) {
        return start("gzip", jvm, Map.of());
    }

    private BackupServer start(String name, List<String> jvm, Map<String, String> more) {
        return BackupServer.start(
                place,
                new BackupServer.Settings(name, place.newDatabase(name), storage, workspace, stateService, jvm, more));
    }
}
