package io.everstate.backup.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.everstate.backup.archive.ObjectNames;
import io.everstate.backup.catalogue.Holdings.Fate;
import io.everstate.backup.store.ListedObject;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrphansTest {
    private static final Instant BEFORE = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant OLD = BEFORE.minusSeconds(1);
    private static final UUID ID = UUID.fromString("019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11");
    private static final ObjectNames NAMES =
            ObjectNames.of("default", BackupKind.FULL, OLD.minus(Duration.ofDays(1)), ID, "tar.gz");

    private static BucketObjects bucket(Instant writtenAt, String... names) {
        var objects = new TreeMap<String, ListedObject>();
        Arrays.stream(names).forEach(name -> objects.put(name, new ListedObject(name, 7, writtenAt, "v")));
        return new BucketObjects(objects);
    }

    private static List<Difference> found(Map<UUID, Fate> fates, BucketObjects bucket) {
        return new Orphans(fates, BEFORE).of(bucket);
    }

    @Test
    void areHalvesOfBackupsThatHaveNoRow() {
        assertThat(found(Map.of(), bucket(OLD, NAMES.archive())))
                .extracting(Difference::kind, Difference::detail)
                .containsExactly(tuple(Kind.ORPHAN, "there is no manifest beside it"));
        assertThat(found(Map.of(), bucket(OLD, NAMES.manifest())))
                .extracting(Difference::kind)
                .containsExactly(Kind.ORPHAN);
    }

    @Test
    void areNotWholeBackupsThatHaveNoRow() {
        assertThat(found(Map.of(), bucket(OLD, NAMES.archive(), NAMES.manifest())))
                .extracting(Difference::kind, Difference::object)
                .containsExactly(tuple(Kind.UNKNOWN, NAMES.archive()));
    }

    @Test
    void areWhatAGivenUpBackupLeft() {
        assertThat(found(Map.of(ID, Fate.GONE), bucket(OLD, NAMES.archive(), NAMES.manifest())))
                .extracting(Difference::kind)
                .containsExactly(Kind.ORPHAN, Kind.ORPHAN);
    }

    @Test
    void areNothingOfABackupThatRunsOrIsThere() {
        assertThat(found(Map.of(ID, Fate.HELD), bucket(OLD, NAMES.archive()))).isEmpty();
    }

    @Test
    void areNothingThatWasWrittenWithinTheGracePeriod() {
        assertThat(found(Map.of(), bucket(BEFORE, NAMES.archive()))).isEmpty();
        assertThat(found(Map.of(ID, Fate.GONE), bucket(BEFORE, NAMES.archive())))
                .isEmpty();
    }

    @Test
    void areNothingOfWhichTheNameIsNoneOfABackups() {
        assertThat(found(Map.of(), bucket(OLD, "backups/default/notes.txt")))
                .extracting(Difference::kind)
                .containsExactly(Kind.FOREIGN);
    }
}
