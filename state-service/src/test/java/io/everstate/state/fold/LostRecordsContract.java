package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.state.Owner;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.oracle.Found;
import io.everstate.state.oracle.StoredFold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What a {@link FoldStore} keeps of bots of which the log has lost records. */
interface LostRecordsContract {
    String TOPIC_ID = "topic-a";
    Owner OWNER = new Owner(1);

    /** An empty one. */
    StoredFold stored();

    /** Another than {@link Owner#trade} makes. */
    private static BotEventRecorded otherTrade(BotId bot, long sequence) {
        var at = Instant.parse("2026-01-03T00:00:00Z");
        var fill = new Fill(
                "BTC/USD",
                Side.BUY,
                Amount.of("0.25"),
                Amount.of(333),
                Amount.of("0.05"),
                at.plusSeconds(sequence),
                sequence);
        return OWNER.record(bot, sequence, new TradeExecuted(fill));
    }

    private static List<LogRecord> begun(BotId bot) {
        return List.of(OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3));
    }

    private static List<ConsumerRecord<String, byte[]>> log(List<LogRecord> first, LogRecord... more) {
        var entries = new ArrayList<>(first);
        entries.addAll(List.of(more));
        return StoredRecords.from(0, entries.toArray(LogRecord[]::new));
    }

    private static List<Finding> commit(FoldStore store, List<ConsumerRecord<String, byte[]>> records) {
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        return store.commit(List.of(projection.fold(records)));
    }

    /** A batch a record. */
    private static List<Finding> foldAnew(FoldStore store, List<ConsumerRecord<String, byte[]>> records, long end) {
        var anew = store.beginAnew(0, store.load(0, TOPIC_ID), TOPIC_ID, end);
        var projection = new PartitionProjection(0, anew, StoredRecords.CODEC);
        var news = new ArrayList<Finding>();
        records.forEach(stored -> news.addAll(store.commit(List.of(projection.fold(List.of(stored))))));
        news.addAll(store.commit(List.of(projection.take())));
        return news;
    }

    private static List<FoldedTrade> toldBy(List<ConsumerRecord<String, byte[]>> records) {
        return new PartitionProjection(0, new PartitionPosition(TOPIC_ID, 0, 0, List.of()), StoredRecords.CODEC)
                .fold(records)
                .trades();
    }

    /** Known with trades 3, 4 and 5; the log has 3, another 4 and a stop, and goes on with trade 7. */
    @Test
    default void tradesThatTheLogHasLostGoFromTheListAndThoseThatItHasStandInTheirPlace() {
        var stored = stored();
        var bot = Owner.newBot();
        var spared = Owner.newBot();
        var before = new ArrayList<>(begun(bot));
        before.addAll(List.of(OWNER.created(spared), OWNER.started(spared), OWNER.trade(spared, 3)));
        commit(stored.store(), log(before, OWNER.trade(bot, 4), OWNER.trade(bot, 5)));
        var grown = log(
                before,
                otherTrade(bot, 4),
                OWNER.record(bot, 5, new BotStopped(StopReason.COMMAND)),
                OWNER.record(bot, 6, new BotStarted()),
                otherTrade(bot, 7));

        var news = foldAnew(stored.store(), grown, 9);

        assertThat(stored.trades()).containsExactlyInAnyOrderElementsOf(toldBy(grown));
        assertThat(news)
                .filteredOn(finding -> finding.kind() == FindingKind.REPLACED)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.bot()).isEqualTo(bot);
                    assertThat(finding.text()).endsWith("; of its trades 2 are lost and went from the list");
                });
        assertThat(stored.store().load(0, TOPIC_ID).bots())
                .containsExactlyInAnyOrderElementsOf(
                        StoredRecords.fold(grown, StoredRecords.CODEC).bots());
    }

    /** Known with trades 3, 4 and 5; the log ends at trade 3, and its owner goes on there, up to its next checkpoint and beyond. */
    @Test
    default void tradesThatACheckpointLeavesOutGoFromTheListAndThoseThatItBringsStandInTheirPlace() {
        var stored = stored();
        var bot = Owner.newBot();
        var spared = Owner.newBot();
        var before = new ArrayList<>(begun(bot));
        before.addAll(List.of(OWNER.created(spared), OWNER.started(spared), OWNER.trade(spared, 3)));
        commit(stored.store(), log(before, OWNER.trade(bot, 4), OWNER.trade(bot, 5)));
        foldAnew(stored.store(), log(before), before.size());
        var grown = log(
                before,
                otherTrade(bot, 4),
                OWNER.record(bot, 5, new BotStopped(StopReason.COMMAND)),
                OWNER.record(bot, 6, new BotStarted()),
                otherTrade(bot, 7));
        var goneOn = StoredRecords.fold(grown, StoredRecords.CODEC).find(bot).orElseThrow();
        grown.addAll(StoredRecords.from(
                grown.size(), OWNER.record(bot, 8, new CheckpointTaken("periodic", goneOn)), otherTrade(bot, 9)));

        var news = commit(stored.store(), grown.subList(before.size(), grown.size()));

        assertThat(stored.trades()).containsExactlyInAnyOrderElementsOf(toldBy(grown));
        assertThat(news).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.REPLACED);
            assertThat(finding.text()).endsWith("; of its trades 2 are lost and went from the list");
        });
    }

    /** The state is kept as it was known, and its trades with it. */
    @Test
    default void ofABotThatTheLogDoesNotGoOnWithTheTradesStay() {
        var stored = stored();
        var bot = Owner.newBot();
        var known = log(begun(bot), OWNER.trade(bot, 4), OWNER.trade(bot, 5));
        commit(stored.store(), known);

        foldAnew(stored.store(), log(begun(bot), otherTrade(bot, 4)), 5);

        assertThat(stored.trades()).containsExactlyInAnyOrderElementsOf(toldBy(known));
    }

    @Test
    default void whoWasParkedAtARecordThatTheLogHasLostIsFollowedAndThatIsOver() {
        var stored = stored();
        var bot = Owner.newBot();
        var still = Owner.newBot();
        var left = log(begun(bot), OWNER.created(still));
        left.add(StoredRecords.strange(5, OWNER, still, 2));
        var records = new ArrayList<>(left);
        records.add(StoredRecords.strange(6, OWNER, bot, 4));
        commit(stored.store(), records);

        foldAnew(stored.store(), left, 6);

        assertThat(stored.store().load(0, TOPIC_ID).parked())
                .extracting(ParkedBot::bot)
                .containsExactly(still);
        assertThat(stored.findings())
                .containsAllEntriesOf(Map.of(
                        new Found(FindingKind.PARKED, TOPIC_ID, 0, bot, 6), true,
                        new Found(FindingKind.PARKED, TOPIC_ID, 0, still, 5), false));
    }

    /** From a copy of the log, say. */
    @Test
    default void aLostEndThatCameBackIsOver() {
        var stored = stored();
        var bot = Owner.newBot();
        var whole = log(begun(bot));
        commit(stored.store(), whole);
        foldAnew(stored.store(), whole.subList(0, 3), 3);
        var lost = new Found(FindingKind.LOST_END, TOPIC_ID, 0, bot, 3);
        assertThat(stored.findings()).containsEntry(lost, false);

        foldAnew(stored.store(), whole, 4);

        assertThat(stored.store().load(0, TOPIC_ID).parked()).isEmpty();
        assertThat(stored.findings()).containsEntry(lost, true);
    }
}
