package io.everstate.backup.sealcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.seal.KnownSeal;
import io.everstate.backup.seal.SampleSeals;
import io.everstate.backup.seal.SealFile;
import io.everstate.backup.seal.StoredSeal;
import io.everstate.backup.store.ListedObject;
import io.everstate.backup.testing.SealKeyPair;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A bucket and a catalogue in which one chain was written, and then somebody came. */
class SealComparisonTest {
    private static final String WORKSPACE = "default";
    private static final SealKeyPair PAIR = SealKeyPair.anew();
    private static final SealKeyPair STRANGER = SealKeyPair.anew();

    private final SampleSeals ours = new SampleSeals(PAIR);
    private final List<StoredSeal> chain = ours.chain(WORKSPACE, 4);
    private final Map<String, byte[]> bucket = new TreeMap<>();
    private List<StoredSeal> catalogue = chain;
    private SealFile reader = SampleSeals.file(null, List.of(PAIR));
    private boolean signaturesCount = true;

    SealComparisonTest() {
        chain.forEach(this::put);
    }

    private void put(StoredSeal seal) {
        bucket.put(seal.object(), seal.bytes());
    }

    private List<Kind> kinds() {
        return found().stream().map(Finding::kind).toList();
    }

    private List<Finding> found() {
        var known = new Chain(
                WORKSPACE,
                catalogue.stream().map(seal -> new KnownSeal(seal, true)).toList());
        var listed = bucket.entrySet().stream()
                .map(object -> new ListedObject(object.getKey(), object.getValue().length, Instant.EPOCH, ""))
                .toList();
        return new SealComparison(known, known, signaturesCount)
                .of(listed, object -> reader.read(Objects.requireNonNull(bucket.get(object.name()))));
    }

    @Test
    void findsNothingWhereAllIsAsItWasWritten() {
        assertThat(found()).isEmpty();
    }

    @Test
    void namesASealThatIsMissingWhileLaterOnesAreThere() {
        bucket.remove(chain.get(1).object());

        assertThat(found()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.SEAL_MISSING);
            assertThat(finding.object()).isEqualTo(chain.get(1).object());
            assertThat(finding.expected())
                    .isEqualTo("seal 2, sha256 " + chain.get(1).sha256());
            assertThat(finding.found()).isEqualTo("nothing");
        });
    }

    @Test
    void seesThatTheNewestAreGone() {
        bucket.remove(chain.get(2).object());
        bucket.remove(chain.get(3).object());

        assertThat(kinds()).containsExactly(Kind.ROLLED_BACK, Kind.ROLLED_BACK);
        assertThat(found().getFirst().found()).isEqualTo("the newest one in the bucket is number 2");
    }

    @Test
    void seesThatAllAreGone() {
        bucket.clear();

        assertThat(kinds()).hasSize(4).containsOnly(Kind.ROLLED_BACK);
    }

    /** It is there to be stored: a row comes before its object. */
    @Test
    void missesNothingThatWasNotStoredYet() {
        var known = new Chain(
                WORKSPACE,
                chain.stream().map(seal -> new KnownSeal(seal, false)).toList());

        assertThat(new SealComparison(known, known, true).of(List.of(), object -> reader.read(new byte[0])))
                .isEmpty();
    }

    @Test
    void seesASealThatWasExchangedForOneThatIsGenuineElsewhere() {
        bucket.put(chain.get(1).object(), chain.get(2).bytes());

        assertThat(found()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.SEAL_CHANGED);
            assertThat(finding.found()).contains(chain.get(2).sha256());
        });
    }

    @Test
    void seesASealThatWasChangedWithoutItsKey() {
        bucket.put(chain.get(1).object(), SampleSeals.changed(chain.get(1)));

        assertThat(kinds()).containsExactly(Kind.SEAL_CHANGED);
        assertThat(found().getFirst().found()).contains("did not sign");
    }

    @Test
    void takesNoKeyThatIsNotTrustedAnyMore() {
        reader = SampleSeals.file(null, List.of(STRANGER));

        assertThat(kinds()).hasSize(4).containsOnly(Kind.UNKNOWN_KEY);
    }

    /** Before there was a key they were not signed; what the catalogue has, was written by us. */
    @Test
    void takesUnsignedOnesThatTheCatalogueKnows() {
        catalogue = new SampleSeals(null).chain(WORKSPACE, 2);
        bucket.clear();
        catalogue.forEach(this::put);

        assertThat(found()).isEmpty();
    }

    @Test
    void namesWhatSomebodyWithoutOurKeyAdded() {
        put(new SampleSeals(STRANGER).behind(WORKSPACE, chain.getLast()));
        put(new SampleSeals(null).behind(WORKSPACE, chain.getLast()));
        bucket.put("seals/default/0000000009-0123456789abcdef.jsonl", SampleSeals.changed(chain.get(1)));
        bucket.put("seals/default/notes.txt", new byte[] {1, 2});

        assertThat(kinds())
                .containsExactlyInAnyOrder(Kind.UNKNOWN_KEY, Kind.UNSIGNED, Kind.WRONG_SIGNATURE, Kind.FOREIGN);
    }

    @Test
    void namesANumberThatWasGivenTwice() {
        put(ours.numbered(WORKSPACE, 3, "c".repeat(64)));

        assertThat(found()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.FORK);
            assertThat(finding.expected()).contains(chain.get(2).sha256());
        });
    }

    @Test
    void namesACopyUnderAnotherName() {
        bucket.put(
                "seals/default/0000000007-" + chain.get(1).sha256().substring(0, 16) + ".jsonl",
                chain.get(1).bytes());

        assertThat(kinds()).containsExactly(Kind.FOREIGN);
    }

    /** The catalogue was taken back to its second seal. */
    @Test
    void namesWhatTheCatalogueDoesNotKnow() {
        catalogue = chain.subList(0, 2);

        assertThat(kinds()).containsExactly(Kind.SEAL_UNKNOWN, Kind.SEAL_UNKNOWN);
    }

    /** All that a lost catalogue could take up is what is before the gap. */
    @Test
    void namesTheLinkThatIsMissingInABucketAlone() {
        catalogue = chain.subList(0, 1);
        bucket.remove(chain.get(1).object());

        assertThat(found()).extracting(Finding::kind).containsExactly(Kind.MISSING_LINK, Kind.SEAL_UNKNOWN);
        assertThat(found().getFirst().expected())
                .contains("seal 2, sha256 " + chain.get(1).sha256());
    }

    @Test
    void seesACatalogueWhoseSealsDoNotFollowEachOther() {
        catalogue = new ArrayList<>(chain);
        catalogue.remove(1);
        bucket.remove(chain.get(1).object());

        assertThat(kinds()).containsExactly(Kind.MISSING_LINK);
    }

    @Test
    void looksAtHashesAloneWhereNoKeyIsTrusted() {
        var unsigned = new SampleSeals(null);
        catalogue = unsigned.chain(WORKSPACE, 2);
        reader = SampleSeals.file(null, List.of());
        signaturesCount = false;
        bucket.clear();
        catalogue.forEach(this::put);
        assertThat(found()).isEmpty();

        put(unsigned.numbered(WORKSPACE, 2, "c".repeat(64)));

        assertThat(kinds()).containsExactly(Kind.FORK);
    }
}
