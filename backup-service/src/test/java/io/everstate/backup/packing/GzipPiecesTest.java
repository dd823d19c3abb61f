package io.everstate.backup.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("BD9")
class GzipPiecesTest {
    private static final int MIB = 1 << 20;

    /** Five members and a short one; most of them cannot be packed, and one is full of what members begin with. */
    private final byte[] content = new byte[5 * MIB + 1000];

    private final List<Integer> begins = new ArrayList<>();
    private byte[] packed;

    @BeforeEach
    void pack() throws IOException {
        var random = new Random(5);
        random.nextBytes(content);
        for (var at = MIB; at < 2 * MIB; at++) {
            content[at] = (byte) ('a' + random.nextInt(4));
        }
        for (var at = 3 * MIB; at < 4 * MIB - 8; at += 8) {
            System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 0}, 0, content, at, 4);
        }
        var target = new ByteArrayOutputStream();
        for (var from = 0; from < content.length; from += MIB) {
            begins.add(target.size());
            try (var gzip = SamplePackings.GZIP.chosen().pack(target)) {
                gzip.write(content, from, Math.min(MIB, content.length - from));
            }
        }
        packed = target.toByteArray();
    }

    @Test
    void givesAllOfWhatIsWhole() throws IOException {
        assertThat(pieces(packed)).containsExactly("0", "1", "2", "3", "4", "5");
    }

    @ParameterizedTest(name = "member {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void givesAllButTheOneThatIsDamaged(int member) throws IOException {
        for (var within : new int[] {0, 3, 12, 500}) {
            var damaged = packed.clone();
            damaged[begins.get(member) + within] ^= 0x10;

            var expected = new ArrayList<>(List.of("0", "1", "2", "3", "4", "5"));
            expected.remove(member);
            if (member < 5) {
                expected.set(member, "gap " + expected.get(member));
            }
            assertThat(pieces(damaged)).as("byte %d of it", within).isEqualTo(expected);
        }
    }

    @Test
    void givesWhatComesBeforeACut() throws IOException {
        assertThat(pieces(Arrays.copyOf(packed, begins.get(3) + 100))).containsExactly("0", "1", "2");
    }

    @Test
    void findsTheNextMemberBehindALongGap() throws IOException {
        var damaged = packed.clone();
        Arrays.fill(damaged, begins.getFirst() + 10, begins.get(4) - 10, (byte) 0);

        assertThat(pieces(damaged)).containsExactly("gap 4", "5");
    }

    @Test
    void givesNothingOfWhatIsNoGzip() throws IOException {
        assertThat(pieces(new byte[3 * MIB])).isEmpty();
        assertThat(pieces(new byte[0])).isEmpty();
    }

    /** Their numbers, as far as they are what was written. */
    private List<String> pieces(byte[] bytes) throws IOException {
        var found = new ArrayList<String>();
        try (var pieces = SamplePackings.GZIP.chosen().salvage(new ByteArrayInputStream(bytes))) {
            for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
                found.add((piece.afterGap() ? "gap " : "") + number(piece.content()));
            }
        }
        return found;
    }

    private int number(byte[] piece) {
        for (var from = 0; from < content.length; from += MIB) {
            if (Arrays.equals(piece, Arrays.copyOfRange(content, from, Math.min(content.length, from + MIB)))) {
                return from / MIB;
            }
        }
        return -1;
    }
}
