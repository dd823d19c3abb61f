package io.everstate.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdInputStream;
import io.everstate.contracts.bot.BotEvent.BotDeleted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.lease.Leases;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotContents;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotPurpose;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.everstate.state.snapshot.store.SnapshotStates;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "state"))
class IncrementalIT {
    private static final int PARTITION = 5;
    private static final int OTHER_PARTITION = 6;

    private final TestLog log = TestLog.of(Topics.BOT_EVENTS, 12);

    @Inject
    SnapshotService snapshots;

    @Inject
    SnapshotRepository repository;

    @Inject
    SnapshotContents contents;

    @Inject
    SnapshotStates states;

    @Inject
    FoldStore folded;

    @Inject
    Transactions transactions;

    @Inject
    Leases leases;

    private void awaitFolded(int partition, BotId bot, long sequence) {
        await().untilAsserted(() -> assertThat(folded.find(partition))
                .hasValueSatisfying(position -> assertThat(position.bots())
                        .anyMatch(state -> state.id().equals(bot) && state.sequence() == sequence)));
    }

    private List<BotState> bots(UUID snapshot) throws IOException {
        try (var unpacked = new ZstdInputStream(contents.read(repository.known(snapshot)))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> TestJson.format().read(line.getBytes(StandardCharsets.UTF_8), BotState.class))
                    .toList();
        }
    }

    /** What the snapshot and all that it builds on say together. */
    private Map<BotId, BotState> restored(SnapshotView snapshot) throws IOException {
        var restored = new HashMap<BotId, BotState>();
        for (Snapshot link : repository.chain(repository.known(snapshot.id())).reversed()) {
            bots(link.id()).forEach(bot -> restored.put(bot.id(), bot));
        }
        return restored;
    }

    @Test
    @Tag("EC1")
    void holdsWhatChangedSinceItsBaseAndNothingElse() throws Exception {
        var owner = log.nextOwner(PARTITION);
        var other = log.nextOwner(OTHER_PARTITION);
        var changing = log.newBot(PARTITION);
        var resting = log.newBot(PARTITION);
        var elsewhere = log.newBot(OTHER_PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(changing), owner.created(resting)));
        log.write(OTHER_PARTITION, List.of(other.claim(), other.created(elsewhere)));
        awaitFolded(PARTITION, resting, 1);
        awaitFolded(OTHER_PARTITION, elsewhere, 1);
        var base = snapshots.take(SnapshotKind.FULL);
        log.write(PARTITION, List.of(owner.started(changing)));
        log.write(OTHER_PARTITION, List.of(other.started(elsewhere)));
        awaitFolded(PARTITION, changing, 2);
        awaitFolded(OTHER_PARTITION, elsewhere, 2);

        var snapshot = snapshots.take(SnapshotKind.INCREMENTAL);

        assertThat(snapshot.valid()).isTrue();
        assertThat(snapshot.kind()).isEqualTo("INCREMENTAL");
        assertThat(snapshot.base()).isEqualTo(new SnapshotView.Base(base.id(), base.sha256()));
        assertThat(bots(snapshot.id())).extracting(BotState::id).containsExactlyInAnyOrder(changing, elsewhere);
        assertThat(states.find(snapshot.id(), resting)).isEmpty();
        assertThat(states.inChain(snapshot.id(), resting))
                .hasValueSatisfying(bot -> assertThat(bot.sequence()).isOne());
        assertThat(states.inChain(snapshot.id(), changing))
                .hasValueSatisfying(bot -> assertThat(bot.sequence()).isEqualTo(2));
    }

    @Test
    void holdsTheBotsThatWereDeleted() throws Exception {
        var owner = log.nextOwner(PARTITION);
        var bot = log.newBot(PARTITION);
        log.write(
                PARTITION,
                List.of(
                        owner.claim(),
                        owner.created(bot),
                        owner.started(bot),
                        owner.record(bot, 3, new BotStopped(StopReason.COMMAND))));
        awaitFolded(PARTITION, bot, 3);
        snapshots.take(SnapshotKind.FULL);
        log.write(PARTITION, List.of(owner.record(bot, 4, new BotDeleted("operator"))));
        awaitFolded(PARTITION, bot, 4);

        var snapshot = snapshots.take(SnapshotKind.INCREMENTAL);

        assertThat(bots(snapshot.id()))
                .singleElement()
                .satisfies(state -> assertThat(state.lifecycle().status()).isEqualTo(BotStatus.DELETED));
    }

    @Test
    @Tag("EC1")
    @Tag("SF11")
    void aChainIsTheFoldAtItsOffsetsWhileAnOwnerWrites() throws Exception {
        var owner = log.nextOwner(PARTITION);
        var bot = log.newBot(PARTITION);
        log.write(PARTITION, List.of(owner.claim(), owner.created(bot), owner.started(bot)));
        var writing = new AtomicBoolean(true);
        var writer = Thread.ofVirtual().start(() -> {
            for (long sequence = 3; writing.get(); sequence++) {
                log.write(PARTITION, List.of(owner.trade(bot, sequence)));
            }
        });
        var taken = new ArrayList<SnapshotView>();
        taken.add(snapshots.take(SnapshotKind.FULL));
        for (int count = 0; count < 5; count++) {
            taken.add(snapshots.take(SnapshotKind.INCREMENTAL));
        }
        writing.set(false);
        writer.join();

        for (var snapshot : taken) {
            assertThat(snapshot.valid()).isTrue();
            assertThat(restored(snapshot).values())
                    .containsExactlyInAnyOrderElementsOf(log.foldedUpTo(snapshot.offsets()));
        }
        assertThat(taken.subList(1, 6)).allMatch(snapshot -> snapshot.kind().equals("INCREMENTAL"));
    }

    @Test
    void ofABaseThatIsNotValidAnymoreAFullOneIsTaken() {
        snapshots.take(SnapshotKind.FULL);
        transactions.write(connection -> {
            try (var statement = connection.prepareStatement("update system_state_snapshots set valid = false")) {
                return statement.executeUpdate();
            }
        });

        var snapshot = snapshots.take(SnapshotKind.INCREMENTAL);

        assertThat(snapshot.kind()).isEqualTo("FULL");
        assertThat(snapshot.base()).isNull();
    }

    @Test
    @Tag("EC1")
    void aReplicaThatWasTakenForDeadStoresNothing() {
        var frozen = leases.tryAcquire("taking", "frozen", Duration.ofMillis(1)).orElseThrow();
        await().until(() ->
                leases.tryAcquire("taking", "other", Duration.ofMinutes(1)).isPresent());
        var newest = snapshots.take(SnapshotKind.FULL);

        assertThatThrownBy(() -> snapshots.take(SnapshotKind.FULL, SnapshotPurpose.RESTORE_POINT, frozen))
                .isInstanceOf(LeaseLostException.class);

        assertThat(snapshots.newest()).contains(newest);
    }

    @Test
    void ofABaseOfAnotherTopicAFullOneIsTaken() {
        var base = snapshots.take(SnapshotKind.FULL);
        transactions.write(connection -> {
            var statement = """
                    update system_state_snapshots
                    set cut = convert_to(replace(convert_from(cut, 'UTF8'), '"topicId":"', '"topicId":"x'), 'UTF8') where id = ?""";
            try (var prepared = connection.prepareStatement(statement)) {
                prepared.setObject(1, base.id());
                return prepared.executeUpdate();
            }
        });

        assertThat(snapshots.take(SnapshotKind.INCREMENTAL).kind()).isEqualTo("FULL");
    }

    @Test
    void whatChangedIsFoundByTheIndex() {
        var plan = transactions.write(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("""
                        insert into bots (id, partition, sequence, status, emergency, trades, restarts, profit, state, changed, era,
                                          kind, strategy, name, labels, last_activity)
                        select gen_random_uuid(), 100 + n % 4, 1, 'STOPPED', false, 0, 0, 0, '\\x7b7d', n, n >> 14,
                               'TRADING', 'grid', 'name', '{}', 0
                        from generate_series(1, 60000) as n""");
                statement.execute("analyze bots");
                var lines = new StringBuilder();
                try (var rows = statement.executeQuery("explain select id, state from bots"
                        + " where partition = 101 and era >= (59000::bigint >> 14) and changed > 59000 order by id")) {
                    while (rows.next()) {
                        lines.append(rows.getString(1)).append('\n');
                    }
                }
                connection.rollback();
                return lines.toString();
            }
        });

        assertThat(plan).contains("bots_partition_era").doesNotContain("Seq Scan");
    }
}
