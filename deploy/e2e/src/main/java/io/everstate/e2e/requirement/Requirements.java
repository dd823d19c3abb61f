package io.everstate.e2e.requirement;

import io.everstate.e2e.requirement.Proof.Witness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Every requirement of the table with its proof. */
record Requirements(List<Proof> proofs) {

    Requirements {
        proofs = List.copyOf(proofs);
    }

    /** @param root of the checkout, as the last build left it */
    static Requirements of(Path root) {
        List<Witness> witnesses = new ArrayList<>();
        for (String module : Modules.of(root)) {
            TestReports reports = new TestReports(root.resolve(module));
            CompiledTests.in(root.resolve(module).resolve("target/test-classes")).stream()
                    .filter(test -> !test.tags().isEmpty())
                    .forEach(test -> witnesses.add(new Witness(module, test, reports.of(test))));
        }
        return new Requirements(Requirement.read(root.resolve("deploy/e2e/README.md")).stream()
                .map(requirement -> new Proof(requirement, carrying(requirement.id(), witnesses)))
                .toList());
    }

    private static List<Witness> carrying(String id, List<Witness> witnesses) {
        return witnesses.stream()
                .filter(witness -> witness.test().tags().contains(id))
                .toList();
    }

    boolean hold() {
        return proofs.stream().allMatch(Proof::holds);
    }

    String render() {
        StringBuilder text = new StringBuilder(row("ID", "RESULT", "MODULE", "TEST"));
        proofs.forEach(proof -> rows(proof).forEach(text::append));
        long held = proofs.stream().filter(Proof::holds).count();
        long missing =
                proofs.stream().filter(proof -> proof.witnesses().isEmpty()).count();
        return text.append("%n%d of %d requirements are proven by the last build".formatted(held, proofs.size()))
                .append(missing == 0 ? "." : ", %d have no test.".formatted(missing))
                .append(System.lineSeparator())
                .toString();
    }

    private static Stream<String> rows(Proof proof) {
        String id = proof.requirement().id();
        if (proof.witnesses().isEmpty()) {
            return Stream.of(row(id, "missing", "", proof.requirement().text()));
        }
        return proof.witnesses().stream()
                .map(witness -> row(
                        id,
                        witness.outcome().text(),
                        witness.module(),
                        witness.test().text()));
    }

    private static String row(String id, String result, String module, String test) {
        return String.format(Locale.ROOT, "%-6s %-8s %-26s %s%n", id, result, module, test);
    }
}
