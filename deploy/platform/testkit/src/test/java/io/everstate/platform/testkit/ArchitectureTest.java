package io.everstate.platform.testkit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.everstate.platform.launcher.files.EverstateHome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The platform's own three modules; the first two cannot depend on this one. */
class ArchitectureTest {

    @Test
    void theTestkitKeepsTheHouseRules() {
        HouseRules.check("io.everstate.platform.testkit");
    }

    @Test
    void theLauncherKeepsTheHouseRules() {
        HouseRules.check("io.everstate.platform.launcher");
    }

    @Test
    void theServerKeepsTheHouseRules() {
        Path built = EverstateHome.find().resolve("deploy/platform/server/target/classes");
        JavaClasses classes = new ClassFileImporter().importPath(built);

        HouseRules.check("io.everstate.platform.server", classes);
    }
}
