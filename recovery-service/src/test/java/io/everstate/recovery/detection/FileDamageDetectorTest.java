package io.everstate.recovery.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.backup.InspectionView.FileFinding;
import io.everstate.contracts.backup.InspectionView.Role;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView.Evidence;
import io.everstate.recovery.disaster.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Tag("BD10")
class FileDamageDetectorTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final UUID BACKUP = new UUID(0, 7);
    private static final String STATE = "logs/bot_state.json";
    private static final String CONFIG = "configs/alert_config.json";

    private final FileDamageDetector corruption = FileDamageDetector.dataCorruption("default", Duration.ofSeconds(1));
    private final FileDamageDetector loss = FileDamageDetector.configLoss("default", Duration.ofSeconds(1));
    private Instant now = START;

    private Optional<Finding> look(FileDamageDetector detector, FileFinding... files) {
        now = now.plusSeconds(2);
        return detector.look(new InspectionView("default", now, BACKUP, List.of(files), List.of()));
    }

    private static FileFinding file(
            String path, Condition condition, @Nullable String sha256, @Nullable String expected) {
        var role = path.startsWith("logs/") ? Role.STATE : Role.CONFIG;
        var size = condition == Condition.MISSING ? -1L : condition == Condition.EMPTY ? 0L : 12L;
        return new FileFinding(
                path,
                role,
                condition,
                size,
                sha256,
                condition == Condition.MISSING ? null : START,
                expected == null ? null : 12L,
                expected,
                null,
                expected == null ? null : BACKUP);
    }

    @ParameterizedTest
    @EnumSource(
            value = Condition.class,
            names = {"EMPTY", "UNREADABLE"})
    void findsCorruptionThatTwoLooksSeeAndABackupContradicts(Condition condition) {
        var damaged = file(STATE, condition, "e3b0", "aaaa");

        assertThat(look(corruption, damaged)).as("the first look only suspects").isEmpty();
        var finding = look(corruption, damaged).orElseThrow();

        assertThat(finding.type()).isEqualTo(DisasterType.DATA_CORRUPTION);
        assertThat(finding.subject()).isEqualTo("default");
        assertThat(finding.beganAt()).as("when the file was changed").isEqualTo(START);
        assertThat(finding.evidence())
                .extracting(Evidence::signal)
                .containsExactly("inspection of " + STATE, "backup " + BACKUP);
        assertThat(finding.evidence().getFirst().finding())
                .contains(condition.name())
                .contains("sha256 e3b0");
        assertThat(finding.evidence().getLast().finding()).contains("12 bytes").contains("sha256 aaaa");
    }

    @Test
    void findsTheLossOfAConfigurationFile() {
        var gone = file(CONFIG, Condition.MISSING, null, "aaaa");

        assertThat(look(loss, gone)).isEmpty();
        assertThat(look(loss, gone)).get().extracting(Finding::type).isEqualTo(DisasterType.CONFIG_LOSS);
    }

    @ParameterizedTest
    @EnumSource(value = Condition.class, names = "OK", mode = Mode.EXCLUDE)
    void findsNothingWithoutABackupThatSaysOtherwise(Condition condition) {
        for (int looks = 0; looks < 5; looks++) {
            assertThat(look(corruption, file(CONFIG, condition, "e3b0", null))).isEmpty();
            assertThat(look(loss, file(CONFIG, condition, "e3b0", null))).isEmpty();
        }
    }

    @Test
    void findsNothingWhenTheBackupHoldsTheVeryContent() {
        for (int looks = 0; looks < 5; looks++) {
            assertThat(look(corruption, file(STATE, Condition.UNREADABLE, "same", "same")))
                    .isEmpty();
        }
    }

    @Test
    void findsNothingWhenTheFileIsSoundAgainAtTheSecondLook() {
        look(corruption, file(STATE, Condition.EMPTY, "e3b0", "aaaa"));

        assertThat(look(corruption, file(STATE, Condition.OK, "bbbb", "aaaa"))).isEmpty();
        assertThat(look(corruption, file(STATE, Condition.EMPTY, "e3b0", "aaaa")))
                .as("it begins anew")
                .isEmpty();
    }

    @Test
    void findsNothingWhileAFileChangesFromLookToLook() {
        for (int looks = 0; looks < 5; looks++) {
            assertThat(look(corruption, file(STATE, Condition.UNREADABLE, "half written " + looks, "aaaa")))
                    .isEmpty();
        }
    }

    @Test
    void doesNotTakeTwoLooksAtTheSameMomentForTwo() {
        var damaged = file(STATE, Condition.EMPTY, "e3b0", "aaaa");
        look(corruption, damaged);

        var again =
                corruption.look(new InspectionView("default", now.plusMillis(10), BACKUP, List.of(damaged), List.of()));

        assertThat(again).isEmpty();
    }

    @Test
    void beginsAnewWhenALookFailedInBetween() {
        var damaged = file(STATE, Condition.EMPTY, "e3b0", "aaaa");
        look(corruption, damaged);
        corruption.lookFailed();

        assertThat(look(corruption, damaged)).isEmpty();
        assertThat(look(corruption, damaged)).isPresent();
    }

    @Test
    void leavesAMissingStateFileAndAnUnchangedConfigurationAlone() {
        for (int looks = 0; looks < 3; looks++) {
            assertThat(look(loss, file(STATE, Condition.MISSING, null, "aaaa"), file(CONFIG, Condition.OK, "b", "a")))
                    .isEmpty();
            assertThat(look(corruption, file(STATE, Condition.MISSING, null, "aaaa")))
                    .isEmpty();
        }
    }

    @Test
    void suspectsOnlyWhatAnotherLookMayConfirm() {
        assertThat(corruption.suspects()).isFalse();
        look(corruption, file(STATE, Condition.EMPTY, "e3b0", null));

        assertThat(corruption.suspects()).isTrue();
        look(corruption, file(STATE, Condition.EMPTY, "e3b0", null));
        assertThat(corruption.suspects()).as("no backup speaks of it").isFalse();
    }

    @Test
    void warnsOfALostFileThatNoBackupHolds() {
        look(loss, file(CONFIG, Condition.MISSING, null, null));
        assertThat(loss.warnings()).as("the first look only suspects").isEmpty();

        look(loss, file(CONFIG, Condition.MISSING, null, null));

        assertThat(loss.warnings())
                .containsExactly(
                        CONFIG + " of workspace default is MISSING, and no backup holds it: put it there yourself");
    }

    @Test
    void warnsOfABrokenFileThatNoBackupContradicts() {
        look(corruption, file(STATE, Condition.EMPTY, "e3b0", null));
        look(corruption, file(STATE, Condition.EMPTY, "e3b0", null));

        assertThat(corruption.warnings())
                .containsExactly(STATE
                        + " of workspace default is EMPTY, and no backup says that it was otherwise: mend it yourself");
    }

    @Test
    void warnsNoMoreOfAFileThatIsThereAgain() {
        look(loss, file(CONFIG, Condition.MISSING, null, null));
        look(loss, file(CONFIG, Condition.MISSING, null, null));

        look(loss, file(CONFIG, Condition.OK, "aaaa", null));

        assertThat(loss.warnings()).isEmpty();
    }

    @Test
    void findsADisasterInsteadOfWarningOnceABackupHoldsTheFile() {
        look(loss, file(CONFIG, Condition.MISSING, null, null));
        look(loss, file(CONFIG, Condition.MISSING, null, null));

        var finding = look(loss, file(CONFIG, Condition.MISSING, null, "aaaa"));

        assertThat(finding).isPresent();
        assertThat(loss.warnings()).isEmpty();
    }

    @Test
    void findsNothingInAnEmptyWorkspace() {
        assertThat(look(corruption)).isEmpty();
        assertThat(look(loss)).isEmpty();
        assertThat(loss.warnings()).isEmpty();
    }
}
