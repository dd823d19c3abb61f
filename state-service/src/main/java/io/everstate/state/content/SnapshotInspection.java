package io.everstate.state.content;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.JsonFormat;
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
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one stored content as if nothing were known of it but what was promised when it was written. Some frames are looked at beside each
 * other, and what was seen is put together in their order. Used once.
 */
public final class SnapshotInspection {
    /** In memory together: a megabyte of lines each, unpacked. */
    private static final int FRAMES_AT_ONCE = 4;

    private final SnapshotContent promised;
    private final JsonFormat json;
    private final List<String> findings = new ArrayList<>();
    private final Set<BotId> unordered = new HashSet<>();
    private @Nullable BotId last;
    private @Nullable BotId expected;
    private final ToLongFunction<BotId> before;
    private final Consumer<Head> met;
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
            SnapshotContent promised, JsonFormat json, ToLongFunction<BotId> before, Consumer<Head> met) {
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
        var frames = promised.frames().frames();
        for (int from = 0; from < frames.size(); from += FRAMES_AT_ONCE) {
            var some = frames.subList(from, Math.min(frames.size(), from + FRAMES_AT_ONCE));
            var looks = looks(some, content);
            for (int i = 0; i < some.size(); i++) {
                take(some.get(i), looks.get(i), "frame " + (from + i + 1));
            }
        }
    }

    private List<FrameLook> looks(List<Frame> frames, InputStream content) throws IOException {
        var looks = new ArrayList<Supplier<FrameLook>>();
        for (var frame : frames) {
            var stored = content.readNBytes(frame.length());
            looks.add(() -> FrameLook.at(frame, stored, json));
        }
        return looks.parallelStream().map(Supplier::get).toList();
    }

    private void take(Frame frame, FrameLook look, String name) {
        if (look.intact()) {
            intact++;
        } else {
            findings.add(name + " is not the one that was written");
        }
        expected = promised.bots() == 0 ? null : frame.first();
        look.lines().forEach(this::take);
        if (look.damage() != null) {
            findings.add(name + " cannot be unpacked: " + look.damage());
        }
        if (expected != null) {
            findings.add(name + " is empty");
        }
    }

    private void readLines(InputStream stored) throws IOException {
        try (var unpacked = promised.format().unpacked(stored)) {
            var source = new Lines(unpacked);
            for (var line = source.next(); line != null; line = source.next()) {
                take(LineLook.at(line, json));
            }
        }
    }

    private void take(LineLook line) {
        lines++;
        var head = line.head();
        if (head == null) {
            line.findings().forEach(finding -> findings.add("line " + lines + ": " + finding));
        } else {
            readable++;
            met.accept(head);
            var found = findings.size();
            place(head.id());
            line.findings().forEach(rule -> findings.add("bot " + head.id() + ": " + rule));
            continues(head);
            if (findings.size() == found) {
                sound++;
            }
        }
        expected = null;
    }

    private void continues(Head bot) {
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
