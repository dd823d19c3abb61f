package io.everstate.platform.launcher;

import io.everstate.platform.launcher.files.EverstateHome;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** How a platform is to be started; each method gives changed options and leaves these as they are. */
public record PlatformOptions(
        Path data, Path libraries, Path logFile, Ports ports, Secrets secrets, Set<Behaviour> behaviours) {

    /** What is either wanted or not. */
    public enum Behaviour {
        /** Parts can be paused and resumed. */
        CONTROLLED,
        /** It goes on when the process that started it dies. */
        DETACHED
    }

    public PlatformOptions {
        data = data.toAbsolutePath().normalize();
        libraries = libraries.toAbsolutePath().normalize();
        logFile = logFile.toAbsolutePath().normalize();
        behaviours = Set.copyOf(behaviours);
    }

    /** The standard ports, secrets and log kept in {@code data}, the server as the build left it. */
    public static PlatformOptions in(Path data) {
        return new PlatformOptions(
                data,
                EverstateHome.find().resolve("deploy/platform/server/target/platform/lib"),
                data.resolve("platform.log"),
                Ports.standard(),
                Secrets.in(data),
                Set.of());
    }

    public PlatformOptions ports(Ports changed) {
        return new PlatformOptions(data, libraries, logFile, changed, secrets, behaviours);
    }

    public PlatformOptions secrets(Secrets changed) {
        return new PlatformOptions(data, libraries, logFile, ports, changed, behaviours);
    }

    public PlatformOptions libraries(Path changed) {
        return new PlatformOptions(data, changed, logFile, ports, secrets, behaviours);
    }

    /** Where the platform's log is appended; whoever rotates it copies and truncates. */
    public PlatformOptions logFile(Path changed) {
        return new PlatformOptions(data, libraries, changed, ports, secrets, behaviours);
    }

    public PlatformOptions controlled() {
        return with(Behaviour.CONTROLLED);
    }

    public PlatformOptions detached() {
        return with(Behaviour.DETACHED);
    }

    boolean has(Behaviour behaviour) {
        return behaviours.contains(behaviour);
    }

    private PlatformOptions with(Behaviour behaviour) {
        Set<Behaviour> more = EnumSet.of(behaviour);
        more.addAll(behaviours);
        return new PlatformOptions(data, libraries, logFile, ports, secrets, more);
    }
}
