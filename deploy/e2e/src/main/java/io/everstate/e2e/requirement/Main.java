package io.everstate.e2e.requirement;

import java.nio.file.Path;

/** {@code deploy/e2e/requirements}: prints the table and ends with 1 unless every row is proven. */
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Requirements requirements = Requirements.of(Path.of(arguments[0]));
        System.out.print(requirements.render());
        System.exit(requirements.hold() ? 0 : 1);
    }
}
