package io.everstate.state.fold;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.finding.FoundInLog;
import io.everstate.state.finding.Healing;
import io.everstate.state.format.TradesCut;
import io.everstate.state.log.RecordMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps it in maps; can be told to be away. */
public final class InMemoryFoldStore implements FoldStore {
    private final Map<Integer, Partition> partitions = new HashMap<>();
    private final List<FoldedTrade> trades = new ArrayList<>();
    private final Map<Found, Kept> findings = new LinkedHashMap<>();
    private boolean away;

    /** What tells findings apart. */
    private record Found(
            FindingKind kind,
            String topicId,
            int partition,
            @Nullable BotId bot,
            long occasion) {
        static Found of(Finding finding) {
            var place = finding.place();
            return new Found(finding.kind(), place.topicId(), place.partition(), finding.bot(), finding.occasion());
        }
    }

    private record Kept(Finding finding, boolean healed) {
        Kept after(Healing healing, boolean before) {
            return new Kept(finding, healed || healing.ends(finding.kind(), finding.bot(), finding.place(), before));
        }
    }

    /** As a row has them beside the part behind the cut. */
    private record OlderTrades(long at, List<Trade> trades) {
        static OlderTrades of(BotState state, TradesCut cut) {
            var all = state.portfolio().recentTrades();
            return new OlderTrades(cut.at(), all.subList(0, all.size() - cut.newest()));
        }

        /** What is read of both. */
        BotState with(BotState state, TradesCut cut) {
            var portfolio = state.portfolio();
            var all = portfolio.recentTrades();
            var joined = new ArrayList<>(trades);
            joined.addAll(all.subList(all.size() - cut.newest(), all.size()));
            return state.withPortfolio(new Portfolio(portfolio.symbols(), joined, portfolio.highestTotal()));
        }
    }

    private static final class Partition {
        private String topicId;
        private long announceFrom;
        private @Nullable FoldedAnew anew;
        private final Map<BotId, BotState> bots = new LinkedHashMap<>();
        private final Map<BotId, OlderTrades> older = new HashMap<>();
        private final Map<BotId, ParkedBot> parked = new LinkedHashMap<>();
        private long nextOffset;
        private long epoch;
        private long revision;
        private @Nullable RecordMark last;
        private SkipCounts skipped = SkipCounts.NONE;

        Partition(String topicId, long announceFrom) {
            this.topicId = topicId;
            this.announceFrom = announceFrom;
        }

        boolean isGivenItsOlderTrades(BotState state, @Nullable TradesCut cut) {
            var given = older.get(state.id());
            return cut == null || cut.made() || (given != null && given.at() == cut.at());
        }

        void put(BotState state, @Nullable TradesCut cut) {
            if (cut == null) {
                older.remove(state.id());
            } else if (cut.made()) {
                older.put(state.id(), OlderTrades.of(state, cut));
            }
            bots.put(
                    state.id(),
                    cut == null ? state : requireNonNull(older.get(state.id())).with(state, cut));
        }

        PartitionPosition position(Map<BotId, Long> gaps) {
            return new PartitionPosition(
                    topicId,
                    nextOffset,
                    epoch,
                    List.copyOf(bots.values()),
                    List.copyOf(parked.values()),
                    gaps,
                    announceFrom,
                    anew,
                    revision,
                    last);
        }
    }

    public void away(boolean now) {
        away = now;
    }

    public List<FoldedTrade> trades() {
        return List.copyOf(trades);
    }

    /** What did not count of a partition, in all of its batches. */
    public SkipCounts skipped(int partition) {
        return requireNonNull(partitions.get(partition)).skipped;
    }

    /** All that was found, and whether it is over. */
    public Map<Finding, Boolean> findings() {
        return findings.values().stream().collect(Collectors.toMap(Kept::finding, Kept::healed));
    }

    @Override
    public Optional<PartitionPosition> find(int partition) {
        answerOrFail();
        return Optional.ofNullable(partitions.get(partition)).map(known -> known.position(gaps(partition)));
    }

    @Override
    public PartitionPosition load(int partition, String topicId, long end) {
        answerOrFail();
        return partitions
                .computeIfAbsent(partition, _ -> new Partition(topicId, end))
                .position(gaps(partition));
    }

    @Override
    public List<Finding> commit(List<FoldedBatch> batches) {
        answerOrFail();
        for (var batch : batches) {
            var partition = partitions.get(batch.partition());
            if (partition == null || partition.nextOffset != batch.start() || partition.revision != batch.revision()) {
                throw new PartitionLostException("partition " + batch.partition() + " stands elsewhere");
            }
            requireOlderTrades(partition, batch);
        }
        batches.stream().sorted(Comparator.comparingInt(FoldedBatch::partition)).forEach(this::keep);
        return batches.stream()
                .flatMap(batch -> noted(batch.findings()).stream())
                .toList();
    }

    private void requireOlderTrades(Partition partition, FoldedBatch batch) {
        if (!batch.bots().stream()
                .filter(bot -> isFree(partition, bot.id()))
                .allMatch(
                        bot -> partition.isGivenItsOlderTrades(bot, batch.cuts().get(bot.id())))) {
            throw new PartitionLostException("partition " + batch.partition() + " has other older trades");
        }
    }

    private List<Finding> noted(FoundInLog found) {
        found.healed().forEach(healing -> findings.replaceAll((_, kept) -> kept.after(healing, true)));
        var news = keep(replaced(found));
        found.healed().forEach(healing -> findings.replaceAll((_, kept) -> kept.after(healing, false)));
        return news;
    }

    /** As PostgreSQL has it: in the place of trades that were told stand those that the log has. */
    private List<Finding> replaced(FoundInLog found) {
        var said = found.found();
        for (var replaced : found.replaced()) {
            var told = trades.stream()
                    .filter(trade -> trade.bot().equals(replaced.bot()))
                    .filter(trade -> trade.trade().sequence() >= replaced.from()
                            && trade.trade().sequence() <= replaced.to())
                    .toList();
            trades.removeAll(told);
            replaced.trades().forEach(trade -> trades.add(new FoldedTrade(replaced.bot(), trade)));
            said = replaced.saidIn(
                    said, replaced.lost(told.stream().map(FoldedTrade::trade).toList()));
        }
        return said;
    }

    @Override
    public PartitionPosition beginAnew(int partition, PartitionPosition position, String topicId, long end) {
        answerOrFail();
        var known = requireNonNull(partitions.get(partition));
        if (known.nextOffset != position.nextOffset() || known.revision != position.revision()) {
            throw new PartitionLostException("partition " + partition + " stands elsewhere");
        }
        known.topicId = topicId;
        known.nextOffset = 0;
        known.epoch = 0;
        known.announceFrom = end;
        known.anew = new FoldedAnew(end, Instant.EPOCH, openParkings(partition));
        known.revision++;
        known.last = null;
        known.parked.clear();
        return load(partition, topicId, end);
    }

    @Override
    public List<Finding> keep(List<Finding> found) {
        return found.stream()
                .filter(finding -> findings.putIfAbsent(Found.of(finding), new Kept(finding, false)) == null)
                .toList();
    }

    private Set<BotId> openParkings(int partition) {
        return findings.entrySet().stream()
                .filter(entry -> !entry.getValue().healed() && entry.getKey().partition() == partition)
                .filter(entry -> entry.getKey().kind() == FindingKind.PARKED
                        || entry.getKey().kind() == FindingKind.LOST_END)
                .flatMap(entry -> Stream.ofNullable(entry.getKey().bot()))
                .collect(Collectors.toSet());
    }

    private Map<BotId, Long> gaps(int partition) {
        var topicId = Optional.ofNullable(partitions.get(partition)).map(known -> known.topicId);
        var gaps = new HashMap<BotId, Long>();
        findings.forEach((found, kept) -> {
            if (!kept.healed()
                    && found.kind() == FindingKind.GAP
                    && found.partition() == partition
                    && found.bot() != null) {
                var here = topicId.filter(found.topicId()::equals).isPresent();
                gaps.merge(found.bot(), here ? kept.finding().place().offset() : -1, Math::max);
            }
        });
        return gaps;
    }

    private void keep(FoldedBatch batch) {
        partitions.computeIfPresent(batch.partition(), (_, partition) -> {
            partition.nextOffset = batch.end();
            partition.epoch = batch.epoch();
            partition.last = batch.last() == null ? partition.last : batch.last();
            partition.anew = batch.caughtUp() ? null : partition.anew;
            partition.skipped = sum(partition.skipped, batch.skipped());
            change(partition, batch);
            return partition;
        });
    }

    private static SkipCounts sum(SkipCounts one, SkipCounts other) {
        return new SkipCounts(
                one.staleClaims() + other.staleClaims(),
                one.fenced() + other.fenced(),
                one.duplicates() + other.duplicates(),
                one.gaps() + other.gaps(),
                one.refused() + other.refused(),
                one.parked() + other.parked());
    }

    private void change(Partition partition, FoldedBatch batch) {
        batch.bots().stream()
                .filter(bot -> isFree(partition, bot.id()))
                .forEach(bot -> partition.put(bot, batch.cuts().get(bot.id())));
        batch.parking().parked().forEach(bot -> partition.parked.put(bot.bot(), bot));
        batch.parking().followed().forEach(partition.parked::remove);
        batch.trades().stream()
                .filter(trade -> partition.bots.containsKey(trade.bot()))
                .forEach(trades::add);
    }

    private boolean isFree(Partition partition, BotId bot) {
        return partitions.values().stream().allMatch(other -> other == partition || !other.bots.containsKey(bot));
    }

    @Override
    public long revision(int partition) {
        answerOrFail();
        return Optional.ofNullable(partitions.get(partition))
                .map(known -> known.revision)
                .orElse(0L);
    }

    @Override
    public boolean resume(int partition, Function<ParkedPlace, Optional<FoldedBatch>> refold) {
        answerOrFail();
        var known = partitions.get(partition);
        var refolded = known == null
                ? Optional.<FoldedBatch>empty()
                : refold.apply(new ParkedPlace(known.nextOffset, known.revision, List.copyOf(known.parked.values())));
        refolded.ifPresent(batch -> {
            change(requireNonNull(known), batch);
            known.revision++;
            noted(batch.findings());
        });
        return refolded.isPresent();
    }

    private void answerOrFail() {
        if (away) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the database does not answer");
        }
    }
}
