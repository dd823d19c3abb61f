package io.everstate.state.content;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Looks at one stored content as if nothing were known of it but what was promised when it was written. Used once. */
public final class SnapshotInspection {
    private static final int BUFFER = 64 * 1024;
    /** A bot's state has some ten kilobytes; a longer line is damage that would only eat memory. */
    private static final int LONGEST_LINE = 16 * 1024 * 1024;

    private final SnapshotContent promised;
    private final JsonFormat json;
    private final List<String> findings = new ArrayList<>();
    private final Set<BotId> bots = new HashSet<>();
    private long lines;

    public SnapshotInspection(SnapshotContent promised, JsonFormat json) {
        this.promised = promised;
        this.json = json;
    }

    /**
     * Reads the stream to its end, also behind the first damage, so that the hash is of all of it.
     *
     * @throws IOException when the content cannot be had at all, which says nothing about it
     */
    public Verdict inspect(InputStream content) throws IOException {
        var hashed = new DigestInputStream(content, Sha256.begin());
        readLines(hashed);
        hashed.transferTo(OutputStream.nullOutputStream());
        var sha256 = HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        if (!sha256.equals(promised.sha256())) {
            findings.addFirst("the content's SHA-256 is " + sha256 + ", not " + promised.sha256());
        }
        if (lines != promised.bots()) {
            findings.add("the content has " + lines + " bots, not " + promised.bots());
        }
        return new Verdict(findings);
    }

    private void readLines(InputStream content) throws IOException {
        try (var unpacked = new BufferedInputStream(new GZIPInputStream(new Unclosed(content), BUFFER), BUFFER)) {
            for (var line = nextLine(unpacked); line.length > 0; line = nextLine(unpacked)) {
                lines++;
                check(line);
            }
        } catch (ZipException | EOFException e) {
            findings.add("the content is no whole gzip stream: " + e.getMessage());
        }
    }

    /** Without its end; empty at the end of the content. */
    private byte[] nextLine(InputStream unpacked) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = unpacked.read(); next != '\n'; next = unpacked.read()) {
            if (next == -1) {
                if (line.size() > 0) {
                    findings.add("the last line has no end");
                }
                break;
            }
            if (line.size() == LONGEST_LINE) {
                throw new ZipException("line " + (lines + 1) + " does not end");
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    private void check(byte[] line) {
        try {
            var bot = json.read(line, BotState.class);
            if (!bots.add(bot.id())) {
                findings.add("bot " + bot.id() + " is there twice");
            }
            BotRules.broken(bot).forEach(rule -> findings.add("bot " + bot.id() + ": " + rule));
        } catch (UnreadableRecordException e) {
            findings.add("line " + lines + ": " + e.detail());
        }
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
