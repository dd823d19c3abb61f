package io.everstate.state.content;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Looks at one stored content as if nothing were known of it but what was promised when it was written. Used once. */
public final class SnapshotInspection {
    private final SnapshotContent promised;
    private final JsonFormat json;
    private final List<String> findings = new ArrayList<>();
    private final Set<BotId> unordered = new HashSet<>();
    private @Nullable BotId last;
    private @Nullable BotId expected;
    private final ToLongFunction<BotId> before;
    private final Consumer<BotState> met;
    private long intact;
    private long lines;
    private long readable;
    private long sound;

    /**
     * @param json refuses what must not have unknown properties
     * @param before how far each bot was where this one builds on, 0 when nothing is known; asked in the order of the lines
     */
    public SnapshotInspection(SnapshotContent promised, JsonFormat json, ToLongFunction<BotId> before) {
        this(promised, json, before, _ -> {});
    }

    /** @param met hears of each bot that can be read */
    public SnapshotInspection(
            SnapshotContent promised, JsonFormat json, ToLongFunction<BotId> before, Consumer<BotState> met) {
        this.met = met;
        this.promised = promised;
        this.json = json;
        this.before = before;
    }

    /**
     * Reads the stream to its end, also behind the first damage, so that the hash is of all of it.
     *
     * @throws IOException when the content cannot be had at all, which says nothing about it
     */
    public Verdict inspect(InputStream content) throws IOException {
        var hashed = new DigestInputStream(content, Sha256.begin());
        switch (promised.format()) {
            case GZIP -> readWhole(hashed);
            case ZSTD_FRAMES -> readFrames(hashed);
        }
        hashed.transferTo(OutputStream.nullOutputStream());
        var sha256 = Sha256.end(hashed.getMessageDigest());
        if (!sha256.equals(promised.sha256())) {
            findings.addFirst("the content's SHA-256 is " + sha256 + ", not " + promised.sha256());
        } else {
            intact++;
        }
        if (lines != promised.bots()) {
            findings.add("the content has " + lines + " bots, not " + promised.bots());
        }
        return new Verdict(findings, quality());
    }

    /** The content as bytes, its lines as states, the states as the fold makes them, and all of them. */
    private Quality quality() {
        return new Quality()
                .measured(intact, promised.frames().frames().size() + 1L)
                .measured(readable, lines)
                .measured(sound, readable)
                .measured(lines, promised.bots());
    }

    private void readWhole(InputStream content) throws IOException {
        try {
            readLines(new Unclosed(content));
        } catch (ZipException | EOFException e) {
            findings.add("the content cannot be unpacked to its end: " + e.getMessage());
        }
    }

    private void readFrames(InputStream content) throws IOException {
        var broken = promised.frames().broken(promised.bytes());
        findings.addAll(broken);
        if (!broken.isEmpty()) {
            return;
        }
        int number = 0;
        for (var frame : promised.frames().frames()) {
            readFrame(frame, content.readNBytes(frame.length()), "frame " + ++number);
        }
    }

    private void readFrame(Frame frame, byte[] stored, String name) {
        if (!frame.holds(stored)) {
            findings.add(name + " is not the one that was written");
        } else {
            intact++;
        }
        expected = promised.bots() == 0 ? null : frame.first();
        try {
            readLines(new ByteArrayInputStream(stored));
        } catch (IOException e) {
            findings.add(name + " cannot be unpacked: " + e.getMessage());
        }
        if (expected != null) {
            findings.add(name + " is empty");
        }
    }

    private void readLines(InputStream stored) throws IOException {
        try (var unpacked = promised.format().unpacked(stored)) {
            var source = new Lines(unpacked);
            for (var line = source.next(); line != null; line = source.next()) {
                lines++;
                check(line);
                expected = null;
            }
        }
    }

    private void check(byte[] line) {
        try {
            var bot = json.read(line, BotState.class);
            readable++;
            met.accept(bot);
            var found = findings.size();
            place(bot.id());
            BotRules.broken(bot).forEach(rule -> findings.add("bot " + bot.id() + ": " + rule));
            continues(bot);
            if (findings.size() == found) {
                sound++;
            }
        } catch (UnreadableRecordException e) {
            findings.add("line " + lines + ": " + e.detail());
        }
    }

    private void continues(BotState bot) {
        var known = before.applyAsLong(bot.id());
        if (bot.sequence() < known) {
            findings.add("bot " + bot.id() + " is at event " + bot.sequence() + ", its base at " + known);
        }
    }

    private void place(BotId bot) {
        if (promised.format() == ContentFormat.GZIP ? !unordered.add(bot) : bot.equals(last)) {
            findings.add("bot " + bot + " is there twice");
        } else if (last != null && last.compareTo(bot) > 0) {
            findings.add("bot " + bot + " is not in its order");
        }
        if (expected != null && !expected.equals(bot)) {
            findings.add("bot " + bot + " is where bot " + expected + " should be");
        }
        last = promised.format() == ContentFormat.GZIP ? null : bot;
    }

    /** Lets the unpacking end without ending the stream below, of which the rest is still to be hashed. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream content) {
            super(content);
        }

        @Override
        public void close() {
            // the owner of the stream closes it
        }
    }
}
