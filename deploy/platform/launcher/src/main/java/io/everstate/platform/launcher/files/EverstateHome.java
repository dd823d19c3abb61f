package io.everstate.platform.launcher.files;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where Everstate's built modules are: the checkout's root. */
public final class EverstateHome {

    private EverstateHome() {}

    /** The system property {@code everstate.home}, otherwise the nearest directory upwards that holds {@code mvnw}. */
    public static Path find() {
        String named = System.getProperty("everstate.home");
        if (named != null && !named.isBlank()) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("mvnw"))) {
                return at;
            }
        }
        throw new IllegalStateException("Everstate's directory is unknown; name it with -Deverstate.home=...");
    }
}
