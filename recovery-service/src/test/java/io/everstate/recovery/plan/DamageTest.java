package io.everstate.recovery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.backup.InspectionView.FileFinding;
import io.everstate.contracts.backup.InspectionView.Role;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Tag("BD10")
class DamageTest {
    private static final UUID BACKUP = new UUID(0, 7);

    @ParameterizedTest
    @EnumSource(
            value = Condition.class,
            names = {"MISSING", "EMPTY", "UNREADABLE"})
    void isAFileThatIsBrokenAndWasOtherwise(Condition condition) {
        assertThat(in(condition).isNone()).isFalse();
    }

    /** A restore over a link or over a file that nobody may read would destroy what no backup holds. */
    @ParameterizedTest
    @EnumSource(
            value = Condition.class,
            names = {"MISSING", "EMPTY", "UNREADABLE"},
            mode = Mode.EXCLUDE)
    void isNotAFileThatIsSoundOrThatNobodyCouldLookInto(Condition condition) {
        assertThat(in(condition).isNone()).isTrue();
    }

    /** Also when it was damaged before: it is known by its name. */
    private static Damage in(Condition condition) {
        var file = new FileFinding(".env", Role.CONFIG, condition, -1, null, null, 12L, "aaaa", null, BACKUP);
        var inspection = new InspectionView("default", Instant.EPOCH, BACKUP, List.of(file), List.of());
        return Damage.in(inspection, EnumSet.allOf(Role.class), Set.of("default:.env"));
    }
}
