package io.everstate.backup.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.backup.platform.JacksonFormat;
import io.everstate.backup.seal.Seal.Act;
import io.everstate.backup.seal.Seal.SealedBackup;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.testing.SealKeyPair;
import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seals as somebody with a key writes them, or with none. */
public final class SampleSeals {
    private static final Instant AT = Instant.parse("2026-11-21T10:20:30.123456Z");

    private final SealFile file;

    /** @param pair null of somebody without a key */
    public SampleSeals(@Nullable SealKeyPair pair) {
        this.file = file(pair, List.of());
    }

    /** @param trusted others whose signatures count */
    public static SealFile file(@Nullable SealKeyPair own, List<SealKeyPair> trusted) {
        return new SealFile(new JacksonFormat(), keys(own, trusted));
    }

    public static SealKeys keys(@Nullable SealKeyPair own, List<SealKeyPair> trusted) {
        return SealKeys.of(
                Optional.empty(),
                Optional.ofNullable(own).map(SealKeyPair::privatePem),
                trusted.stream().map(SealKeyPair::publicLine).toList());
    }

    /** One that follows another one. */
    public StoredSeal behind(String workspace, @Nullable StoredSeal before) {
        return before == null
                ? numbered(workspace, 1, null)
                : numbered(workspace, before.seal().number() + 1, before.sha256());
    }

    public StoredSeal numbered(String workspace, long number, @Nullable String previous) {
        return file.write(
                new Seal(Seal.FORMAT_VERSION, workspace, number, previous, Act.STORED, AT, backup(number), null));
    }

    private static SealedBackup backup(long number) {
        return backup(new UUID(1, number), String.valueOf(number));
    }

    static SealedBackup backup(UUID id) {
        return backup(id, id.toString());
    }

    private static SealedBackup backup(UUID id, String place) {
        var directory = "backups/default/%s/".formatted(place);
        return new SealedBackup(
                id,
                BackupKind.FULL,
                directory + "archive.tar.gz",
                1234,
                "a".repeat(64),
                directory + "manifest.json",
                "b".repeat(64));
    }

    /** From its beginning. */
    public List<StoredSeal> chain(String workspace, int length) {
        var chain = new ArrayList<StoredSeal>();
        for (var i = 0; i < length; i++) {
            chain.add(behind(workspace, chain.isEmpty() ? null : chain.getLast()));
        }
        return chain;
    }

    /** As it says, by another key or by none: the first line is the same. */
    public StoredSeal again(StoredSeal seal) {
        return file.write(seal.seal());
    }

    /** Of an archive of another size, under the signature that it had. */
    public static byte[] changed(StoredSeal seal) {
        var text = new String(seal.bytes(), UTF_8);
        return text.replace("\"bytes\":", "\"bytes\":9").getBytes(UTF_8);
    }
}
