package io.everstate.bot.configuration;

import io.everstate.contracts.problem.Problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The labels by which bots are selected. */
public final class Labels {
    private static final int MOST = 32;
    /** No comma and no equals sign: a selector is written with them. */
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]{1,63}");

    private Labels() {}

    public static List<Violation> violations(Map<String, String> labels) {
        var violations = new ArrayList<Violation>();
        if (labels.size() > MOST) {
            violations.add(new Violation("labels", "must be at most " + MOST));
        }
        labels.forEach((name, value) -> {
            if (!LABEL.matcher(name).matches() || !LABEL.matcher(value).matches()) {
                violations.add(new Violation(
                        "labels." + name,
                        "name and value must be 1 to 63 letters, digits, dots, dashes or underscores"));
            }
        });
        return violations;
    }
}
