package io.everstate.backup.seal;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Where seals are: the only place that knows. A listing has those of a workspace in their order. */
public final class SealNames {
    private static final int OF_HASH = 16;
    private static final Pattern OBJECT = Pattern.compile("([0-9]{10})-[0-9a-f]{" + OF_HASH + "}\\.jsonl");

    private SealNames() {}

    public static String prefix(String workspace) {
        return "seals/%s/".formatted(workspace);
    }

    /** A part of its hash is in the name, so that nobody can take a seal's place before it is there. */
    static String of(String workspace, long number, String sha256) {
        return "%s%s-%s.jsonl".formatted(prefix(workspace), digits(number), sha256.substring(0, OF_HASH));
    }

    /** What every name of those sorts before that have a higher number, and no other's. */
    static String behind(String workspace, long number) {
        return prefix(workspace) + digits(number) + "~";
    }

    /** What a name says of its seal's number; empty of what is no seal's name in that workspace. */
    static OptionalLong number(String workspace, String object) {
        var prefix = prefix(workspace);
        var name = OBJECT.matcher(object.startsWith(prefix) ? object.substring(prefix.length()) : "");
        return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
    }

    private static String digits(long number) {
        return String.format(Locale.ROOT, "%010d", number);
    }
}
