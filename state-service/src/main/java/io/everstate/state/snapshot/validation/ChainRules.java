package io.everstate.state.snapshot.validation;

import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.snapshot.store.Cut;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotKind;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What holds between a snapshot and what it builds on, down to a FULL one. */
@Singleton
public final class ChainRules {
    private final Losses losses;
    private final JsonFormat json;

    ChainRules(Losses losses, JsonFormat json) {
        this.losses = losses;
        this.json = json;
    }

    /**
     * A sentence for each rule that is broken; none for a FULL one, which builds on nothing.
     *
     * @param chain the snapshot, what it builds on, and so on
     */
    public List<String> broken(List<Snapshot> chain) {
        var broken = new ArrayList<String>();
        var last = chain.getLast();
        var missing = last.base();
        if (missing != null) {
            broken.add("its base " + missing.id() + " is not there, or the chain is too long");
        } else if (last.kind() != SnapshotKind.FULL) {
            broken.add("the chain ends with " + last.id() + ", which is not FULL");
        }
        for (int i = 1; i < chain.size(); i++) {
            check(chain.get(i - 1), chain.get(i), broken);
        }
        return broken;
    }

    private void check(Snapshot link, Snapshot base, List<String> broken) {
        UUID id = base.id();
        var promised = link.base();
        if (promised == null || !promised.sha256().equals(base.sha256())) {
            broken.add("its base " + id + " is not the content that it was built on");
        }
        if (base.key() >= link.key()) {
            broken.add("its base " + id + " is newer");
        }
        if (!base.valid()) {
            broken.add("its base " + id + " is not valid");
        }
        try {
            var cut = cut(link);
            broken.addAll(cut.brokenBehind(cut(base)));
            broken.addAll(untold(cut, base, link));
        } catch (UnreadableRecordException e) {
            broken.add("a cut of the chain: " + e.detail());
        }
    }

    /** A cut that was stored before cuts told of it: the log was found to be another between the two, and states changed behind their offsets. */
    private List<String> untold(Cut cut, Snapshot base, Snapshot link) {
        var unmarked = cut.unmarked();
        return unmarked.isEmpty()
                ? List.of()
                : losses.between(base.takenAt(), link.takenAt()).stream()
                        .filter(unmarked::contains)
                        .map("partition %d was folded from the start of another log in between"::formatted)
                        .toList();
    }

    private Cut cut(Snapshot snapshot) {
        return json.read(snapshot.cut(), Cut.class);
    }
}
