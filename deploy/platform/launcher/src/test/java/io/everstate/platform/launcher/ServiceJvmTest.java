package io.everstate.platform.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJvmTest {

    @TempDir
    Path directory;

    @Test
    void keepsTheArchiveOfClassesBesideTheJar() {
        assertThat(ServiceJvm.options(directory.resolve("run.jar")))
                .contains("-XX:SharedArchiveFile=" + directory.resolve("classes-" + Runtime.version() + ".jsa"));
    }

    @Test
    void keepsNoArchiveWhereItCannotWrite() {
        assertThat(ServiceJvm.options(directory.resolve("absent/run.jar")))
                .contains("-Xmx128m")
                .noneMatch(option -> option.contains("SharedArchive"));
    }
}
