package io.everstate.platform.launcher;

import io.everstate.platform.launcher.files.OwnerOnlyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** What clients of PostgreSQL and S3 must know. PostgreSQL keeps its password from its first start on. */
public record Secrets(String postgresPassword, String s3AccessKey, String s3SecretKey) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    public static Secrets generate() {
        return new Secrets(random(), random(), random());
    }

    /** The secrets kept in this directory, which only their owner can read; generated when there are none yet. */
    public static Secrets in(Path directory) {
        Path file = directory.resolve("platform-secrets");
        if (!Files.exists(file)) {
            Secrets generated = generate();
            OwnerOnlyFile.write(
                    file,
                    String.join("\n", generated.postgresPassword, generated.s3AccessKey, generated.s3SecretKey, ""));
            return generated;
        }
        return read(file);
    }

    private static Secrets read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != 3 || lines.stream().anyMatch(String::isBlank)) {
                throw new PlatformException(file + " does not hold the platform's three secrets, one a line");
            }
            return new Secrets(lines.get(0), lines.get(1), lines.get(2));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Secrets[hidden]";
    }
}
