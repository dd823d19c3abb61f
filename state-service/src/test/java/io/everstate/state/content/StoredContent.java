package io.everstate.state.content;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A content in memory, and what was written down of it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredContent(SnapshotContent promised, byte[] bytes) {
    /** A few bots, so that there is more than one frame. */
    static final int FRAME = 20_000;

    /** In the order of their ids. */
    static StoredContent of(List<BotState> bots) throws IOException {
        return ofLines(
                bots, bots.stream().map(bot -> TestJson.format().write(bot)).toList());
    }

    /** With lines that are not the bots' states. */
    static StoredContent ofLines(List<BotState> bots, List<byte[]> lines) throws IOException {
        return ofFrames(bots, lines, FRAME);
    }

    /** @param frame so many bytes of lines end a frame */
    static StoredContent ofFrames(List<BotState> bots, List<byte[]> lines, int frame) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new SnapshotWriter(bytes, frame)) {
            for (int i = 0; i < bots.size(); i++) {
                writer.write(bots.get(i).id(), lines.get(i));
            }
            return new StoredContent(writer.finish(), bytes.toByteArray());
        }
    }

    /** One to six bots as trading makes them, by their ids. */
    static List<BotState> bots(Random random) {
        var fold = new PartitionFold();
        var owner = new Owner(1);
        fold.apply(owner.claim());
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
            var bot = Owner.newBot();
            fold.apply(owner.created(bot));
            fold.apply(owner.started(bot));
            for (int sequence = 3; sequence < 3 + random.nextInt(90); sequence++) {
                fold.apply(owner.trade(bot, sequence));
            }
        }
        return fold.bots().stream().sorted(Comparator.comparing(BotState::id)).toList();
    }

    Verdict inspected() throws IOException {
        return new SnapshotInspection(promised, TestJson.format().strict(), _ -> 0)
                .inspect(new ByteArrayInputStream(bytes));
    }

    StoredContent with(byte[] other) {
        return new StoredContent(promised, other);
    }

    /** The states that are in it, read as one stream. */
    List<BotState> states() throws IOException {
        try (var unpacked = promised.format().unpacked(new ByteArrayInputStream(bytes))) {
            var text = new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> TestJson.format().read(line.getBytes(StandardCharsets.UTF_8), BotState.class))
                    .toList();
        }
    }

    byte[] frame(Frame frame) {
        return Arrays.copyOfRange(bytes, (int) frame.offset(), (int) frame.offset() + frame.length());
    }
}
