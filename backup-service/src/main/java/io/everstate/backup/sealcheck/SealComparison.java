package io.everstate.backup.sealcheck;

import io.everstate.backup.seal.KnownSeal;
import io.everstate.backup.seal.SealReading;
import io.everstate.backup.seal.SealReading.Broken;
import io.everstate.backup.seal.SealReading.Genuine;
import io.everstate.backup.seal.SealReading.UnknownKey;
import io.everstate.backup.seal.SealReading.Unread;
import io.everstate.backup.seal.SealReading.Unsigned;
import io.everstate.backup.seal.SealReading.WrongSignature;
import io.everstate.backup.seal.StoredSeal;
import io.everstate.backup.store.ListedObject;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The seals of the bucket held against those of the catalogue. What the catalogue has, was written or checked by us; what else lies there has to prove what it
 * is. A row is there before its object: so what has to be in the bucket was known before the bucket was listed, and what may be there is known after.
 */
final class SealComparison {
    private static final String NOTHING = "nothing";

    private final Chain before;
    private final Chain after;
    private final boolean signaturesCount;
    private final Map<ListedObject, SealReading> listed = new LinkedHashMap<>();

    /** @param signaturesCount whether any key is trusted here */
    SealComparison(Chain before, Chain after, boolean signaturesCount) {
        this.before = before;
        this.after = after;
        this.signaturesCount = signaturesCount;
    }

    /** @param reading what an object is */
    List<Finding> of(List<ListedObject> objects, Function<ListedObject, SealReading> reading) {
        objects.forEach(object -> listed.put(object, reading.apply(object)));
        var findings = new ArrayList<>(after.brokenLinks());
        findings.addAll(missing());
        var linked = linkable();
        listed.forEach((object, read) -> after.inPlace(object.name())
                .ifPresentOrElse(
                        known -> known(known, read, findings), () -> stranger(object.name(), read, linked, findings)));
        return findings;
    }

    private List<Finding> missing() {
        var names = new HashSet<String>();
        listed.keySet().forEach(object -> names.add(object.name()));
        var newest = before.seals().stream()
                .map(KnownSeal::stored)
                .filter(stored -> names.contains(stored.object()))
                .mapToLong(stored -> stored.seal().number())
                .max()
                .orElse(0);
        return before.seals().stream()
                .filter(KnownSeal::inBucket)
                .map(KnownSeal::stored)
                .filter(stored -> !names.contains(stored.object()))
                .map(stored -> missing(stored, newest))
                .toList();
    }

    private static Finding missing(StoredSeal stored, long newest) {
        return stored.seal().number() > newest
                ? finding(
                        Kind.ROLLED_BACK,
                        stored.object(),
                        stored,
                        newest == 0 ? NOTHING : "the newest one in the bucket is number " + newest)
                : finding(Kind.SEAL_MISSING, stored.object(), stored, NOTHING);
    }

    private static void known(StoredSeal known, SealReading read, List<Finding> findings) {
        var object = known.object();
        if (!known.sha256().equals(read.sha256())) {
            findings.add(finding(Kind.SEAL_CHANGED, object, known, words(read)));
        } else if (read instanceof UnknownKey) {
            findings.add(finding(Kind.UNKNOWN_KEY, object, known, words(read)));
        } else if (read instanceof WrongSignature) {
            findings.add(finding(Kind.WRONG_SIGNATURE, object, known, words(read)));
        }
    }

    /** Hashes that a seal may follow: of the catalogue's, and of those that prove what they are. */
    private Set<String> linkable() {
        var sums = new HashSet<>(after.sums());
        for (var read : listed.values()) {
            if (read instanceof Genuine || (read instanceof Unsigned && !signaturesCount)) {
                sums.add(String.valueOf(read.sha256()));
            }
        }
        return sums;
    }

    private void stranger(String object, SealReading read, Set<String> linked, List<Finding> findings) {
        switch (read) {
            case Genuine(var stored) -> findings.add(genuine(object, stored, linked));
            case Unsigned(var stored) ->
                findings.add(
                        signaturesCount
                                ? nobody(Kind.UNSIGNED, object, "a seal that is signed", read)
                                : genuine(object, stored, linked));
            case UnknownKey _ -> findings.add(nobody(Kind.UNKNOWN_KEY, object, "a seal of a trusted key", read));
            case WrongSignature _ ->
                findings.add(nobody(Kind.WRONG_SIGNATURE, object, "a signature of its bytes", read));
            case Broken _, Unread _ -> findings.add(nobody(Kind.FOREIGN, object, "a seal, or nothing", read));
        }
    }

    private static Finding nobody(Kind kind, String object, String expected, SealReading read) {
        return new Finding(kind, object, null, expected, words(read));
    }

    /** Ours, or so it seems, and the catalogue does not know it in this place. */
    private Finding genuine(String object, StoredSeal stored, Set<String> linked) {
        var found = words(stored);
        var backup = stored.seal().backup().id();
        if (!object.equals(stored.object()) || !stored.seal().workspace().equals(after.workspace())) {
            return new Finding(Kind.FOREIGN, object, backup, "nothing", found + ", whose place is " + stored.object());
        }
        var twin = after.numbered(stored.seal().number());
        if (twin.isPresent()) {
            return new Finding(Kind.FORK, object, backup, words(twin.get()), found);
        }
        var previous = String.valueOf(stored.seal().previous());
        return linked.contains(previous) || stored.seal().number() == 1
                ? new Finding(Kind.SEAL_UNKNOWN, object, backup, "nothing that the catalogue does not know", found)
                : new Finding(
                        Kind.MISSING_LINK,
                        object,
                        backup,
                        "seal %d, sha256 %s, before it".formatted(stored.seal().number() - 1, previous),
                        NOTHING);
    }

    private static Finding finding(Kind kind, String object, StoredSeal expected, String found) {
        return new Finding(kind, object, expected.seal().backup().id(), words(expected), found);
    }

    private static String words(StoredSeal stored) {
        return "seal %d, sha256 %s".formatted(stored.seal().number(), stored.sha256());
    }

    private static String words(SealReading read) {
        return switch (read) {
            case Genuine(var stored) -> words(stored) + ", signed";
            case Unsigned(var stored) -> words(stored) + ", signed by nobody";
            case UnknownKey unknown ->
                "sha256 %s, signed by the key %s, which is not trusted".formatted(unknown.sha256(), unknown.keyId());
            case WrongSignature wrong ->
                "sha256 %s, which the key %s did not sign".formatted(wrong.sha256(), wrong.keyId());
            case Broken(var what) -> what;
            case Unread(var what) -> what;
        };
    }
}
