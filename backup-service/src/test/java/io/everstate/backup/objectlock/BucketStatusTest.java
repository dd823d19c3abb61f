package io.everstate.backup.objectlock;

import static io.everstate.backup.store.BucketCapabilities.Support.OFF;
import static io.everstate.backup.store.BucketCapabilities.Support.ON;
import static io.everstate.backup.store.BucketCapabilities.Support.UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.store.BucketCapabilities;
import io.everstate.backup.store.ObjectLock.Mode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BucketStatusTest {
    private static final Optional<BucketCapabilities> LOCKS = Optional.of(new BucketCapabilities(ON, ON));
    private static final Optional<BucketCapabilities> KEEPS_VERSIONS = Optional.of(new BucketCapabilities(ON, OFF));
    private static final Optional<BucketCapabilities> NEITHER = Optional.of(new BucketCapabilities(OFF, UNSUPPORTED));

    @Test
    void hasNothingToSayWhereAllIsUsed() {
        assertThat(BucketStatus.unused(LOCKS, Optional.of(Mode.COMPLIANCE))).isNull();
    }

    @Test
    void saysThatALockIsThereAndNotAskedFor() {
        assertThat(BucketStatus.unused(LOCKS, Optional.empty())).contains("everstate.object-lock.mode is not set");
    }

    @Test
    void saysThatALockIsAskedForAndNotThere() {
        assertThat(BucketStatus.unused(KEEPS_VERSIONS, Optional.of(Mode.GOVERNANCE)))
                .isEqualTo(
                        "everstate.object-lock.mode is set, but the bucket has no object lock: whoever may delete versions can delete backups");
    }

    @Test
    void saysWhoCanDeleteWhereThereIsNothing() {
        assertThat(BucketStatus.unused(NEITHER, Optional.empty())).startsWith("the bucket has neither");
    }

    @Test
    void saysThatItDoesNotKnowYet() {
        assertThat(BucketStatus.unused(Optional.empty(), Optional.of(Mode.GOVERNANCE)))
                .isEqualTo("the storage has not answered yet");
    }
}
