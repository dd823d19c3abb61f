package io.everstate.benchmarks.backup;

import io.everstate.benchmarks.figure.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What each round measured. A figure whose peer is not installed has no rounds and is left out. */
final class Sheet {

    private final Map<TreeFigure, List<Double>> rounds = new EnumMap<>(TreeFigure.class);

    void add(TreeFigure figure, double value) {
        rounds.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value);
    }

    List<Figure> figures() {
        return rounds.entrySet().stream()
                .map(of -> new Figure(
                        of.getKey().text(), "", of.getValue(), of.getKey().goal()))
                .toList();
    }
}
