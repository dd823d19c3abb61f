package io.everstate.cli.tour;

import io.everstate.cli.console.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The table at the end, and whether the tour may call itself a success. */
final class TourReport {

    private record Row(String name, String detected, String recovered, Comparison trades) {}

    private final List<Row> rows = new ArrayList<>();

    void add(Recovery recovery, Comparison trades) {
        rows.add(new Row(
                recovery.type().toString(),
                Recovery.seconds(recovery.detectedAfter()),
                Recovery.seconds(recovery.recoveredAfter()),
                trades));
    }

    void addWhole(Comparison trades) {
        rows.add(new Row("the whole tour", "-", "-", trades));
    }

    /** Not one acknowledged trade missing, changed or doubled. */
    boolean clean() {
        return rows.stream().allMatch(row -> row.trades().clean());
    }

    String render() {
        Table table = new Table(
                "DISASTER",
                "DETECTED AFTER",
                "RECOVERED AFTER",
                "ACKNOWLEDGED TRADES BEFORE",
                "FOUND AFTER",
                "LOST",
                "DOUBLED");
        for (Row row : rows) {
            Comparison trades = row.trades();
            table.row(
                    row.name(),
                    row.detected(),
                    row.recovered(),
                    trades.acknowledged(),
                    trades.found(),
                    trades.lost().size(),
                    trades.doubled().size());
        }
        return table.render();
    }

    /** A sentence for each trade that is lost or doubled. */
    List<String> complaints() {
        return rows.stream()
                .flatMap(row -> Stream.concat(row.trades().lost().stream(), row.trades().doubled().stream()))
                .distinct()
                .toList();
    }
}
