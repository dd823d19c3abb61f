package io.everstate.backup.seal;

import io.everstate.backup.seal.SealLook.Found;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What came of a look at the bucket's seals.
 *
 * @param doubt why what no seal names may be sealed all the same; null when there is no reason
 * @param refusal why nothing may be added to the chain: it would begin a second time; null when something may
 */
public record TakenUp(@Nullable String doubt, @Nullable String refusal) {
    private static final String ANEW = "; everstate.seals.begin-anew begins another chain beside them, on purpose";

    /** @param begins whether no seal of the workspace counts, so that the next one would be the first */
    static TakenUp of(Found found, boolean begins) {
        var doubt = doubt(found, begins);
        return new TakenUp(doubt, begins && doubt != null ? doubt + ANEW : null);
    }

    private static @Nullable String doubt(Found found, boolean begins) {
        if (!found.untrusted().isEmpty()) {
            return "the workspace has seals of keys that are not trusted here, %s: everstate.seals.trusted-keys"
                    .formatted(found.untrusted().stream().sorted().toList());
        }
        if (begins && !found.unsigned().isEmpty()) {
            return "the workspace has seals that nobody signed, of which none counts here: they do where no key is given, from number 1 on";
        }
        return found.unfinished() == null ? null : "the workspace's seals could not all be read: " + found.unfinished();
    }

    /** @throws ProblemException CONFLICT when nothing may be added */
    public void checkMayGoOn() {
        if (refusal != null) {
            throw new ProblemException(ProblemType.CONFLICT, refusal);
        }
    }
}
