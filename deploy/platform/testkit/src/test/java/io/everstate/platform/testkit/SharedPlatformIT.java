package io.everstate.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.platform.launcher.Part;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shared platform as tests of services use it. */
class SharedPlatformIT {

    @Test
    void takesEveryPartAwayAndGivesItBack() {
        TestPlatform platform = TestPlatform.shared();

        for (Part part : Part.values()) {
            platform.pause(part);
            assertThat(platform.health().up(part)).as("paused " + part).isFalse();
            platform.resume(part);
            assertThat(platform.health().up()).as("resumed " + part).isTrue();
        }
    }

    /** As Quarkus does it for each test profile. */
    @Test
    void isTheSameForEveryClassLoader() throws Exception {
        URL[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(SharedPlatformIT::url)
                .toArray(URL[]::new);
        try (URLClassLoader other = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = other.loadClass(TestPlatform.class.getName());
            Object platform = type.getMethod("shared").invoke(null);

            assertThat(type).isNotEqualTo(TestPlatform.class);
            assertThat(type.getMethod("kafka").invoke(platform))
                    .isEqualTo(TestPlatform.shared().kafka());
            assertThat(type.getMethod("database", String.class).invoke(platform, "state"))
                    .hasToString(TestPlatform.shared().database("state").toString());
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    @Test
    void givesEachTestADatabaseOfItsOwn() {
        TestPlatform platform = TestPlatform.shared();

        assertThat(platform.newDatabase().url())
                .isNotEqualTo(platform.newDatabase().url());
    }
}
