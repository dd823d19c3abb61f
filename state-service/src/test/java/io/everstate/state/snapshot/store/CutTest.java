package io.everstate.state.snapshot.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestJson;
import io.everstate.state.log.RecordMark;
import io.everstate.state.snapshot.store.Cut.Place;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CutTest {
    private static final RecordMark LAST = new RecordMark(11, "a5c1");

    /** As the versions stored it that did not say behind which record a place is. */
    private static final String FIRST =
            "{\"partitions\":{\"0\":{\"topicId\":\"topic\",\"nextOffset\":12,\"epoch\":3}}}";

    private static final String MARKED =
            "{\"partitions\":{\"0\":{\"topicId\":\"topic\",\"nextOffset\":12,\"epoch\":3,\"revision\":2,\"last\":{\"offset\":11,\"hash\":\"a5c1\"}}},\"exchanges\":1}";

    private static Cut cut(long nextOffset, long epoch, long revision, @Nullable RecordMark last) {
        return new Cut(Map.of(0, new Place("topic", nextOffset, epoch, revision, last)), 0);
    }

    private static Cut stored(String text) {
        return TestJson.format().read(text.getBytes(StandardCharsets.UTF_8), Cut.class);
    }

    @Test
    void isStoredWithTheRecordsBehindWhichItIs() {
        var cut = new Cut(Map.of(0, new Place("topic", 12, 3, 2, LAST)), 1);

        assertThat(new String(TestJson.format().write(cut), StandardCharsets.UTF_8))
                .isEqualTo(MARKED);
        assertThat(stored(MARKED)).isEqualTo(cut);
        assertThat(cut.unmarked()).isEmpty();
    }

    @Test
    void ofAnEarlierVersionDoesNotSayBehindWhichRecordsItIs() {
        assertThat(stored(FIRST)).isEqualTo(cut(12, 3, 0, null));
        assertThat(stored(FIRST).unmarked()).containsExactly(0);
        assertThat(cut(0, 0, 0, null).unmarked()).as("at the beginning").isEmpty();
    }

    @Test
    void cannotBeInFrontOfItsLastRecord() {
        assertThat(cut(12, 3, 0, LAST).broken()).isEmpty();
        assertThat(cut(11, 3, 0, LAST).broken())
                .containsExactly("the cut's place in partition 0 is in front of its last record");
    }

    @Test
    void comesBehindAnEarlierOneOfTheSameStates() {
        assertThat(cut(20, 4, 2, new RecordMark(19, "77")).brokenBehind(cut(12, 3, 2, LAST)))
                .isEmpty();
    }

    /** A log that lost its end and has grown beyond the earlier place since. */
    @Test
    void doesNotComeBehindOneSinceWhichThePartitionWasFoldedAnew() {
        assertThat(cut(20, 4, 3, new RecordMark(19, "77")).brokenBehind(cut(12, 3, 2, LAST)))
                .containsExactly("partition 0 was changed otherwise than by folding on in between");
    }
}
