package io.everstate.cli.place;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.platform.launcher.files.EverstateHome;
import java.nio.file.Files;
import java.nio.file.Path;

/** The built programs of a checkout. */
public record Installation(Path home) {

    public static Installation find() {
        return new Installation(EverstateHome.find());
    }

    public Path platformLibraries() {
        return home.resolve("deploy/platform/server/target/platform/lib");
    }

    public Path jar(ServiceName service) {
        return home.resolve(service.text()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    public Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    public void requireBuilt() {
        requireThere(platformLibraries());
        for (ServiceName service : ServiceName.values()) {
            requireThere(jar(service));
        }
    }

    private void requireThere(Path built) {
        if (!Files.exists(built)) {
            throw new CommandFailedException(
                    ExitCode.NOT_STARTED,
                    "not everything is built: there is no " + built + "; ./mvnw package builds it");
        }
    }
}
