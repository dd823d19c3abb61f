package io.everstate.state.oracle;

import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedTrade;
import io.everstate.state.fold.InMemoryFoldStore;
import io.everstate.state.fold.SkipCounts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** In maps. */
public record InMemoryStoredFold(InMemoryFoldStore memory) implements StoredFold {
    @Override
    public FoldStore store() {
        return memory;
    }

    @Override
    public List<FoldedTrade> trades() {
        return memory.trades();
    }

    @Override
    public SkipCounts skipped(int partition) {
        return memory.skipped(partition);
    }

    @Override
    public Map<Found, Boolean> findings() {
        return memory.findings().entrySet().stream()
                .collect(Collectors.toMap(
                        finding -> new Found(
                                finding.getKey().kind(),
                                finding.getKey().place().topicId(),
                                finding.getKey().place().partition(),
                                finding.getKey().bot(),
                                finding.getKey().occasion()),
                        Map.Entry::getValue));
    }
}
