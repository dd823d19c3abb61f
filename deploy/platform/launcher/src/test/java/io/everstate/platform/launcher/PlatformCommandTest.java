package io.everstate.platform.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformCommandTest {

    @TempDir
    Path directory;

    private PlatformOptions options;

    @BeforeEach
    void installation() throws IOException {
        Path libraries = Files.createDirectories(directory.resolve("installation/lib"));
        Path data = directory.resolve("data");
        options = new PlatformOptions(
                data, libraries, data.resolve("platform.log"), Ports.standard(), Secrets.generate(), Set.of());
    }

    @Test
    void keepsSecretsOutOfTheCommandLine() {
        PlatformCommand command = PlatformCommand.of(options);

        Secrets secrets = options.secrets();
        assertThat(command.toString())
                .doesNotContain(secrets.postgresPassword(), secrets.s3AccessKey(), secrets.s3SecretKey());
        assertThat(command.environment())
                .containsEntry("EVERSTATE_PLATFORM_POSTGRES_PASSWORD", secrets.postgresPassword())
                .containsEntry("EVERSTATE_PLATFORM_S3_SECRET_KEY", secrets.s3SecretKey());
    }

    @Test
    void namesEveryPort() {
        assertThat(PlatformCommand.of(options).toString())
                .contains("--kafka-port 19092 --controller-port 19093 --postgres-port 15432 --s3-port 19000"
                        + " --health-port 19001");
    }

    @Test
    void endsWithItsParentUnlessItIsDetached() {
        assertThat(PlatformCommand.of(options).command()).contains("--exit-with-parent");
        assertThat(PlatformCommand.of(options.detached()).command()).doesNotContain("--exit-with-parent");
    }

    @Test
    void isUncontrolledUnlessAskedFor() {
        assertThat(PlatformCommand.of(options).command()).doesNotContain("--control");
        assertThat(PlatformCommand.of(options.controlled()).command()).contains("--control");
    }

    @Test
    void usesAnotherClassArchiveWhenALibraryChanged() throws IOException {
        String before = archive(PlatformCommand.of(options));
        Files.writeString(Path.of(before), "classes of the old library");
        Path library = Files.writeString(options.libraries().resolve("library.jar"), "changed");
        Files.setLastModifiedTime(library, FileTime.from(Instant.now().plusSeconds(10)));

        String after = archive(PlatformCommand.of(options));

        assertThat(after).isNotEqualTo(before);
        assertThat(Path.of(before)).doesNotExist();
    }

    @Test
    void leavesTheClassArchiveOfAnotherJdkAlone() throws IOException {
        Path other = Files.writeString(directory.resolve("installation/classes-0.jsa"), "classes of another JDK");

        PlatformCommand.of(options);

        assertThat(other).exists();
    }

    @Test
    void saysHowToBuildWhatIsNotBuilt() {
        PlatformOptions missing = options.libraries(directory.resolve("nowhere"));

        assertThatThrownBy(() -> PlatformCommand.of(missing))
                .isInstanceOf(PlatformException.class)
                .hasMessage("the platform is not built: there is no " + directory.resolve("nowhere")
                        + "; ./mvnw package builds it");
    }

    private static String archive(PlatformCommand command) {
        String option = "-XX:SharedArchiveFile=";
        return command.command().stream()
                .filter(argument -> argument.startsWith(option))
                .map(argument -> argument.substring(option.length()))
                .findFirst()
                .orElseThrow();
    }
}
