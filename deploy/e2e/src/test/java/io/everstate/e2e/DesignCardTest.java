package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.everstate.platform.launcher.files.EverstateHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Everstate is made of. */
class DesignCardTest {

    private static final Path HOME = EverstateHome.find();

    @Test
    @Tag("DC1")
    void theFourServicesAndTheirDeploymentAreModulesOfOneBuild() throws IOException {
        String parent = Files.readString(HOME.resolve("pom.xml"));

        List<String> modules = modules(parent);

        assertThat(modules)
                .contains("bot-service", "state-service", "backup-service", "recovery-service", "deploy/cli");
        assertThat(modules)
                .allSatisfy(module -> assertThat(HOME.resolve(module).resolve("pom.xml"))
                        .content()
                        .contains("<artifactId>everstate-parent</artifactId>"));
    }

    @ParameterizedTest
    @Tag("DC2")
    @ValueSource(strings = {"bot-service", "state-service", "backup-service", "recovery-service"})
    void everyServiceIsAQuarkusApplicationAndTalksToKafka(String service) {
        assertThat(HOME.resolve(service).resolve("target/quarkus-app/quarkus-run.jar"))
                .isRegularFile();
        assertThat(packagesUsedBy(service)).anyMatch(name -> name.startsWith("org.apache.kafka.clients"));
    }

    @ParameterizedTest
    @Tag("DC2")
    @CsvSource({
        "bot-service, org.eclipse.microprofile.reactive.messaging",
        "backup-service, org.eclipse.microprofile.reactive.messaging",
        "recovery-service, org.eclipse.microprofile.reactive.messaging",
        "state-service, io.quarkus.hibernate.orm.panache",
        "backup-service, io.quarkus.hibernate.orm.panache",
        "recovery-service, io.quarkus.hibernate.orm.panache",
        "backup-service, io.minio",
        "deploy/platform/testkit, org.testcontainers"
    })
    void theNamedLibrariesDoTheirPart(String module, String library) {
        assertThat(packagesUsedBy(module)).anyMatch(name -> name.startsWith(library));
    }

    private static Set<String> packagesUsedBy(String module) {
        return ArchConfiguration.withThreadLocalScope((ArchConfiguration configuration) -> {
            configuration.setResolveMissingDependenciesFromClassPath(false); // names are enough
            return new ClassFileImporter()
                    .importPath(HOME.resolve(module).resolve("target/classes")).stream()
                            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                            .map(Dependency::getTargetClass)
                            .map(JavaClass::getPackageName)
                            .collect(Collectors.toSet());
        });
    }

    private static List<String> modules(String parent) {
        return Stream.of(parent.split("<module>"))
                .skip(1)
                .map(text -> text.substring(0, text.indexOf("</module>")))
                .toList();
    }
}
