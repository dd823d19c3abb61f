package io.everstate.backup.seal;

import io.everstate.backup.seal.SealReading.Broken;
import io.everstate.backup.seal.SealReading.Genuine;
import io.everstate.backup.seal.SealReading.UnknownKey;
import io.everstate.backup.seal.SealReading.Unread;
import io.everstate.backup.seal.SealReading.Unsigned;
import io.everstate.backup.seal.SealReading.WrongSignature;
import io.everstate.backup.store.ListedObject;
import io.everstate.backup.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One look at what the bucket has of a workspace's seals. Anybody may have put it there, and as much of it as they like: what has no seal's name is not read, and
 * after so many objects that say nothing it is left, so that nobody holds up backups.
 */
final class SealLook {
    static final int MOST_STRANGERS = 200;

    private final String workspace;
    private final boolean nothingKnown;
    private final List<StoredSeal> signed = new ArrayList<>();
    private final List<StoredSeal> unsigned = new ArrayList<>();
    private final Set<String> untrusted = new TreeSet<>();
    private final Set<Long> unsignedNumbers = new HashSet<>();
    private int strangers;

    /** @param nothingKnown whether the catalogue has no seal of the workspace: then it may be all that nobody signed */
    SealLook(String workspace, boolean nothingKnown) {
        this.workspace = workspace;
        this.nothingKnown = nothingKnown;
    }

    /**
     * @param signed with keys that are trusted here
     * @param untrusted keys that signed, as it says there, and that are not trusted here
     * @param unfinished why not all of it was looked at; null when it was
     */
    record Found(
            List<StoredSeal> signed,
            List<StoredSeal> unsigned,
            Set<String> untrusted,
            @Nullable String unfinished) {}

    /**
     * @param objects in their order
     * @param wanted which numbers are looked at
     */
    Found of(List<ListedObject> objects, LongPredicate wanted, Function<ListedObject, SealReading> reading) {
        for (var object : objects) {
            var number = SealNames.number(workspace, object.name());
            if (number.isEmpty() || !wanted.test(number.getAsLong())) {
                continue;
            }
            if (strangers == MOST_STRANGERS) {
                return found("more than %d objects among them are none of its seals".formatted(MOST_STRANGERS));
            }
            try {
                take(object, reading.apply(object));
            } catch (StoreUnavailableException e) {
                return found(e.detail());
            }
        }
        return found(null);
    }

    private Found found(@Nullable String unfinished) {
        return new Found(List.copyOf(signed), List.copyOf(unsigned), Set.copyOf(untrusted), unfinished);
    }

    private void take(ListedObject object, SealReading read) {
        switch (read) {
            case Genuine(var stored) when stored.object().equals(object.name()) -> signed.add(stored);
            case Unsigned(var stored)
            when stored.object().equals(object.name()) -> {
                unsigned.add(stored);
                if (!nothingKnown || !unsignedNumbers.add(stored.seal().number())) {
                    strangers++;
                }
            }
            case UnknownKey unknown -> {
                untrusted.add(unknown.keyId());
                strangers++;
            }
            case Genuine _, Unsigned _, WrongSignature _, Broken _, Unread _ -> strangers++;
        }
    }
}
