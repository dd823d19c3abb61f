package io.everstate.cli.supervision;

import java.util.Set;

/**
 * What a supervised process gets of the supervisor's environment: what programs need to run at all, and the operator's settings of
 * Everstate. Nothing else: a shell holds keys and settings of other programs, and a service would show or obey them.
 */
final class Inherited {

    private static final Set<String> NEEDED = Set.of(
            "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "JAVA_HOME");

    /** The operator's own; a service has a token of its own. */
    private static final String TOKEN = "EVERSTATE_TOKEN";

    private Inherited() {}

    static boolean passedOn(String name) {
        return NEEDED.contains(name)
                || name.startsWith("LC_")
                || (name.startsWith("EVERSTATE_") && !name.equals(TOKEN));
    }
}
