package io.everstate.backup.restore.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.platform.Defaults;
import io.everstate.contracts.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Archives that unpack to more than a disk holds, with manifests that say so. */
@Tag("BD9")
class LimitsTest {
    private static final long MEBIBYTE = 1L << 20;

    @Test
    void takesWhatIsAtItsLimits() {
        var manifest = manifest(MEBIBYTE, 40 * MEBIBYTE, 60 * MEBIBYTE);

        assertThat(limits("max-entries", "2", "max-bytes", "100M", "max-ratio", "101")
                        .check(manifest, manifest.entries()))
                .isEqualTo("2 entries, of which 2 with 104857600 bytes are wanted");
    }

    @Test
    void refusesMoreEntriesThanAreAllowed() {
        assertRefused(limits("max-entries", "1"), manifest(MEBIBYTE, 1, 1), "2 entries", "max-entries allows 1");
    }

    @Test
    void refusesMoreBytesThanAreAllowed() {
        assertRefused(
                limits("max-bytes", "1M"),
                manifest(MEBIBYTE, MEBIBYTE, 1),
                "1048577 bytes",
                "max-bytes allows 1048576");
    }

    /** Ten gigabytes of zeros in a mebibyte. */
    @Test
    void refusesAnArchiveThatUnpacksToManyTimesItsSize() {
        assertRefused(limits(), manifest(MEBIBYTE, 10_000 * MEBIBYTE), "10000 times as many", "max-ratio allows 500");
    }

    @Test
    void takesASmallArchiveHoweverWellItIsPacked() {
        var manifest = manifest(1, 64 * MEBIBYTE);

        assertThat(limits().check(manifest, manifest.entries())).isNotBlank();
    }

    @Test
    void refusesSizesWhoseSumIsTooLargeForANumber() {
        assertRefused(
                limits(),
                manifest(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                Long.MAX_VALUE + " bytes",
                "max-bytes");
    }

    private static void assertRefused(Limits limits, Manifest manifest, String... parts) {
        assertThatThrownBy(() -> limits.check(manifest, manifest.entries()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContainingAll(parts);
    }

    private static Limits limits(String... keys) {
        var configured = new HashMap<String, String>();
        for (var i = 0; i < keys.length; i += 2) {
            configured.put("everstate.restore." + keys[i], keys[i + 1]);
        }
        return new Limits(Defaults.of(RestoreConfiguration.class, Map.copyOf(configured)));
    }

    private static Manifest manifest(long stored, long... sizes) {
        var entries = new ArrayList<Entry>();
        for (var size : sizes) {
            entries.add(Samples.sized("file-" + entries.size(), size));
        }
        var whole = Samples.archive(writer -> {}).manifest();
        return new Manifest(
                whole.formatVersion(),
                whole.backup(),
                new Manifest.Archive("archive.tar.gz", stored, "", ""),
                List.copyOf(entries),
                List.of(),
                null);
    }
}
