package io.everstate.state.simulation;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.SteppingClock;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.FoldedBot;
import io.everstate.state.fold.FoldedTrade;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.ReadableFold;
import io.everstate.state.oracle.ExpectedPartition;
import io.everstate.state.oracle.Found;
import io.everstate.state.oracle.Outcome;
import io.everstate.state.oracle.StoredFold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some partitions, some replicas of the projection, a group that moves partitions, a log that is made anew, and a database that does not
 * answer: all in one thread, and all decided by the commands. In the end the database holds what a plain fold of the log comes to.
 */
final class Simulation {
    private static final int PARTITIONS = 3;
    private static final int REPLICAS = 3;
    private static final int BOTS = 4;
    private static final int ROUNDS = 60;
    private static final int QUIET = 6;
    /** Of so many commands one is followed by a cut. */
    private static final int CUTS = 5;
    /** Longer than a replica goes on without looking whether the topic is another one. */
    private static final Duration LONG = Duration.ofSeconds(3);

    private final StoredFold stored;
    private final Failpoints failpoints;
    private final SteppingClock clock = new SteppingClock();
    private final SimulatedLog log = new SimulatedLog(PARTITIONS);
    private final Group group = new Group(PARTITIONS);
    private final Reader reader;
    private final List<List<BotId>> bots;
    private final List<Member> members = new ArrayList<>();
    private final List<ExpectedPartition> expected;
    private final List<FoldedTrade> lateTrades = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final Map<Met, Long> met = new EnumMap<>(Met.class);
    private final KeptCuts cuts;
    private final AnswersInOrder order = new AnswersInOrder();
    private final List<HeardStore> heard = new ArrayList<>();
    private Random random = new Random(0);

    /**
     * @param failing the store as replicas use it
     * @param failpoints that it passes, and that are passed around it
     */
    Simulation(Fault fault, StoredFold stored, FoldStore failing, Failpoints failpoints) {
        this.stored = stored;
        this.failpoints = failpoints;
        this.reader = new Reader(log, fault);
        this.cuts = new KeptCuts(fault);
        this.bots = IntStream.range(0, PARTITIONS).mapToObj(Simulation::bots).toList();
        this.expected = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new ExpectedPartition(
                        number, log.topic().id(), log.partition(number).records()))
                .toList();
        var observed = new ObservedStore(failing, stored.store(), failpoints, new Beginnings());
        for (int number = 0; number < REPLICAS; number++) {
            var store = fault == Fault.NONE ? heard(observed) : new BrokenStore(observed, fault, lateTrades);
            var member = new Member(number, log, group, reader, store, clock);
            members.add(member);
            group.join(member);
        }
    }

    private HeardStore heard(FoldStore store) {
        var hearing = new HeardStore(store);
        heard.add(hearing);
        return hearing;
    }

    private static List<BotId> bots(int partition) {
        return Stream.iterate(1L, n -> n + 1)
                .limit(BOTS)
                .map(n -> new BotId(new UUID(partition + 1, n)))
                .toList();
    }

    /** Tells the oracle which log a partition is folded from. */
    private final class Beginnings implements ObservedStore.Observer {
        @Override
        public void begun(int partition) {
            expected.get(partition)
                    .isNow(log.topic().id(), log.partition(partition).records());
        }

        @Override
        public void committed(List<FoldedBatch> batches) {
            batches.stream()
                    .flatMap(batch -> batch.cuts().values().stream())
                    .filter(cut -> !cut.made())
                    .forEach(_ -> met(Met.NEWEST_PART));
        }

        @Override
        public void begunAnew(int partition, PartitionPosition before, long end) {
            met(Met.LOG_BEGUN_ANEW);
            expected.get(partition)
                    .beginsAnew(
                            before, log.topic().id(), log.partition(partition).records(), end);
        }
    }

    /** Runs to the end and tells everything that is not as it must be; empty when all is. */
    List<String> run(List<Command> commands) {
        var done = 0;
        for (var command : commands) {
            random = new Random(command.seed());
            reader.decides(random);
            members.forEach(member -> member.decides(random));
            run(command.kind());
            if (++done % CUTS == 0) {
                keepCuts();
                lookAtMemory();
            }
        }
        settle();
        lookAtMemory();
        IntStream.range(0, PARTITIONS)
                .filter(partition -> !isCurrent(partition))
                .forEach(partition ->
                        broken.add("partition %d is not folded from the log that is there".formatted(partition)));
        if (!broken.isEmpty()) {
            return broken;
        }
        var differences = new ArrayList<>(cuts.differences(log));
        met.merge(Met.CUT_OF_A_LOST_END, cuts.lost(), Long::sum);
        differences.addAll(differences());
        return differences;
    }

    private void keepCuts() {
        for (int number = 0; number < PARTITIONS; number++) {
            var partition = number;
            stored.store().find(partition).ifPresent(position -> cuts.keep(partition, position));
        }
    }

    private void lookAtMemory() {
        for (int number = 0; number < PARTITIONS; number++) {
            var partition = number;
            stored.store().find(partition).ifPresent(position -> lookAtMemory(partition, position));
        }
    }

    private void lookAtMemory(int partition, PartitionPosition position) {
        if (isCurrent(partition)) {
            var answers = new AnswersAhead(
                    partition, position, log.partition(partition).records());
            members.forEach(member -> bots.get(partition)
                    .forEach(bot -> member.having(bot).ifPresent(fold -> lookAt(bot, fold, answers))));
        }
        for (var hearing : heard) {
            if (hearing.knows(partition, position)) {
                met(Met.FIGURES_FROM_MEMORY);
            }
            if (!hearing.isRight(partition, position)) {
                broken.add("figures in memory are not those of partition %d at %d"
                        .formatted(partition, position.nextOffset()));
            }
        }
    }

    private void lookAt(BotId bot, ReadableFold fold, AnswersAhead answers) {
        fold.find(bot, answers.stored().nextOffset(), answers.stored().revision())
                .ifPresent(answer -> lookAt(bot, fold, answer, answers));
    }

    private void lookAt(BotId bot, ReadableFold fold, FoldedBot answer, AnswersAhead answers) {
        if (answers.isNews(answer)) {
            met(Met.ANSWERED_AHEAD);
        }
        if (!order.isKept(fold, answer)) {
            broken.add("bot %s in memory went back".formatted(bot));
        }
        if (!answers.isTrue(bot, answer)) {
            broken.add("bot %s in memory is not as the log of partition %d makes it behind %d"
                    .formatted(bot, answers.partition(), answers.stored().nextOffset()));
        }
    }

    private void run(Command.Kind kind) {
        var partition = random.nextInt(PARTITIONS);
        var member = random.nextInt(REPLICAS);
        switch (kind) {
            case WRITE -> write(partition, 1 + random.nextInt(5));
            case STEP -> stepInDanger(members.get(member));
            case MOVE -> {
                group.move(partition, member);
                met(Met.ORDERLY_MOVE);
            }
            case TIME_OUT -> {
                members.get(member).isTakenForDead();
                group.replace(member, (member + 1) % REPLICAS);
            }
            case TELL -> members.get(member).tell();
            case DIE -> {
                members.get(member).die();
                met(Met.DEATH);
            }
            case TOPIC_ANEW -> makeTopicAnew();
            case END_LOST -> loseEnd(partition);
        }
    }

    /** Not while what is folded is still another log: that it is must be seen first. */
    private void write(int partition, int count) {
        if (isCurrent(partition)) {
            for (int i = 0; i < count; i++) {
                new RandomWriter(log.partition(partition), bots.get(partition), random)
                        .stopping()
                        .write();
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // which log it is, not what is in it
    private boolean isCurrent(int partition) {
        return expected.get(partition).log() == log.partition(partition).records();
    }

    private void stepInDanger(Member member) {
        failpoints.arm(random);
        step(member);
        failpoints.disarm();
    }

    /** Whether its membership goes on. */
    private boolean step(Member member) {
        if (member.isZombie()) {
            met(Met.STEP_OF_A_ZOMBIE);
        }
        if (member.isWriting()) {
            met(Met.STEP_WHILE_WRITING);
        }
        try {
            var end = member.step();
            switch (end) {
                case DONE -> {}
                case LOST -> met(Met.LOST_PARTITION);
                case DIED -> met(Met.DEATH);
            }
            return end == Member.Step.DONE;
        } catch (RuntimeException e) {
            member.die();
            broken.add("a replica ended with " + e);
            return false;
        }
    }

    /** Restored up to some place, each partition for itself; whoever was taken for dead has learnt of it. */
    private void makeTopicAnew() {
        members.forEach(Member::tell);
        log.madeAnew();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var end = log.partition(partition).end();
            log.cut(partition, random.nextInt(3) == 0 ? end : random.nextInt(end + 1));
        }
        clock.advance(LONG);
    }

    /** Somebody sees that it is another log before it has grown, or only later, when all have begun anew. */
    private void loseEnd(int partition) {
        if (!isCurrent(partition)) {
            return;
        }
        members.forEach(Member::tell);
        members.forEach(
                member -> member.answersAtOnce(true)); // nothing of the lost end is on its way, or only in memory
        members.forEach(this::step);
        members.forEach(member -> member.answersAtOnce(false));
        var whole = log.partition(partition);
        log.cut(partition, whole.end() - random.nextInt(Math.min(whole.end(), 20) + 1));
        var folded = positions().get(partition);
        if (folded <= log.partition(partition).end()) {
            expected.get(partition)
                    .isNow(log.topic().id(), log.partition(partition).records());
            members.forEach(Member::die);
        } else if (random.nextBoolean()) {
            growBeyond(partition, folded);
            members.forEach(Member::die);
            met(Met.LOG_GROWN_AGAIN);
        } else if (whole.stopsAt(folded)) {
            members.forEach(Member::die); // nobody reads there, so that a person has to begin anew
        }
    }

    private void growBeyond(int partition, long offset) {
        while (log.partition(partition).end() <= offset) {
            new RandomWriter(log.partition(partition), bots.get(partition), random).write();
        }
    }

    /** Everything works, until nothing changes any more. */
    private void settle() {
        members.forEach(Member::tell);
        members.forEach(member -> member.answersAtOnce(true));
        reader.everything();
        var quiet = 0;
        for (int round = 0; round < ROUNDS && quiet < QUIET; round++) {
            var before = positions();
            clock.advance(LONG);
            var harmed = members.stream().filter(member -> !step(member)).count();
            quiet = harmed == 0 && positions().equals(before) ? quiet + 1 : 0;
        }
    }

    private List<Long> positions() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> stored.store()
                        .find(partition)
                        .map(PartitionPosition::nextOffset)
                        .orElse(-1L))
                .toList();
    }

    private List<String> differences() {
        var wanted = ExpectedPartition.outcome(expected);
        count(wanted);
        var is = Outcome.of(stored, PARTITIONS);
        var trades = new ArrayList<>(is.trades());
        trades.addAll(lateTrades);
        return new Outcome(is.partitions(), trades, certain(is))
                .differences(new Outcome(wanted.partitions(), wanted.trades(), certain(wanted)));
    }

    /** Without what is left to chance. */
    private Map<Found, Boolean> certain(Outcome outcome) {
        var findings = new HashMap<>(outcome.findings());
        findings.keySet().removeIf(this::wasInTheWay);
        return findings;
    }

    /** A record in front of which the partition stood before the log was another: whether somebody had met it by then is chance. */
    private boolean wasInTheWay(Found found) {
        return found.kind() == FindingKind.UNATTRIBUTABLE
                && (!found.topicId().equals(log.topic().id())
                        || log.partition(found.partition()).end() <= found.occasion()
                        || positions().get(found.partition()) != found.occasion());
    }

    private void count(Outcome outcome) {
        met.merge(Met.NO_ANSWER, failpoints.unanswered(), Long::sum);
        met.merge(Met.TRADE, (long) outcome.trades().size(), Long::sum);
        outcome.skipped().forEach(skipped -> {
            met.merge(Met.STALE_CLAIM, skipped.staleClaims(), Long::sum);
            met.merge(Met.FENCED, skipped.fenced(), Long::sum);
            met.merge(Met.DUPLICATE, skipped.duplicates(), Long::sum);
            met.merge(Met.GAP, skipped.gaps(), Long::sum);
            met.merge(Met.REFUSED, skipped.refused(), Long::sum);
            met.merge(Met.PASSED_OVER, skipped.parked(), Long::sum);
        });
        outcome.findings().forEach((found, over) -> {
            switch (found.kind()) {
                case LOST_END -> met(Met.LOST_END);
                case REPLACED -> met(Met.REPLACED);
                case UNATTRIBUTABLE -> met(Met.UNATTRIBUTABLE);
                case PARKED -> met.merge(Met.PARKED_AT_THE_END, over ? 0L : 1L, Long::sum);
                default -> {}
            }
        });
    }

    private void met(Met what) {
        met.merge(what, 1L, Long::sum);
    }

    /** How often it was met so far. */
    Map<Met, Long> met() {
        return Map.copyOf(met);
    }
}
