package io.everstate.e2e.requirement;

import java.util.Set;

/** A test as JUnit runs it: an inherited method once for each class that inherits it. */
record TestMethod(String className, String name, Set<String> tags) {

    TestMethod {
        tags = Set.copyOf(tags);
    }

    /** {@code ReplicasIT.aSoftRestartGoesOn}. */
    String text() {
        return className.substring(className.lastIndexOf('.') + 1) + "." + name;
    }
}
