package io.everstate.cli.suite;

import io.everstate.cli.place.ServiceName;
import io.everstate.platform.launcher.files.EverstateHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An installation with the real platform and stand-ins for the services: the commands cannot tell it from a built checkout. */
record StandInHome(Path root) {

    static StandInHome in(Path directory) {
        try {
            Path platform = Path.of("deploy/platform/server/target/platform");
            Files.createDirectories(directory.resolve(platform).getParent());
            Files.createSymbolicLink(
                    directory.resolve(platform), EverstateHome.find().resolve(platform));
            for (ServiceName service : ServiceName.values()) {
                Path jar = directory.resolve(service.text()).resolve("target/quarkus-app/quarkus-run.jar");
                Files.createDirectories(jar.getParent());
                writeJar(jar);
            }
            return new StandInHome(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
        String entry = StandInService.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = StandInService.class.getResourceAsStream("/" + entry)) {
            if (code == null) {
                throw new IllegalStateException(entry + " is not on the class path");
            }
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
    }
}
