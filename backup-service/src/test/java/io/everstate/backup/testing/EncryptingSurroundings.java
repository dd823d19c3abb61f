package io.everstate.backup.testing;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/** {@link Surroundings} in which archives are encrypted. The service knows the secret key only where {@code identity} says so. */
public final class EncryptingSurroundings implements QuarkusTestResourceLifecycleManager {
    /** Where a test finds the file with the secret key. */
    public static final String SECRET_KEY = "everstate-test.secret-key";

    public static final String BUCKET = "encrypted-it";

    private final Surroundings surroundings = new Surroundings();
    private boolean identity;

    @Override
    public void init(Map<String, String> arguments) {
        identity = Boolean.parseBoolean(arguments.get("identity"));
    }

    /** After {@link Surroundings}, which the other tests give to all classes: the later one's settings count. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try {
            var keys = new X25519KeyPairGenerator().generateKeyPair();
            var secret = Files.writeString(Files.createTempFile("identity", ".txt"), keys.getPrivate() + "\n");
            var configuration = new HashMap<>(surroundings.start());
            configuration.putAll(TestPlatform.shared().configuration("bucket=" + BUCKET));
            configuration.putAll(OwnDatabase.configuration());
            configuration.put("everstate.archive.compression", "zstd");
            configuration.put("everstate.archive.recipients", keys.getPublic().toString());
            configuration.put(SECRET_KEY, secret.toString());
            if (identity) {
                configuration.put("everstate.archive.identity-file", secret.toString());
            }
            return configuration;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        surroundings.stop();
    }
}
