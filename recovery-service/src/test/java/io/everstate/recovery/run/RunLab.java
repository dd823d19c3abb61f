package io.everstate.recovery.run;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView.Evidence;
import io.everstate.recovery.disaster.Disaster;
import io.everstate.recovery.disaster.Finding;
import io.everstate.recovery.plan.TestPlanConfig;
import io.everstate.recovery.plan.step.Peers;
import io.everstate.recovery.plan.step.SeedPlans;
import io.everstate.recovery.platform.Backoff;
import io.everstate.recovery.world.Chaos;
import io.everstate.recovery.world.TestClock;
import io.everstate.recovery.world.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** The run machine over a world in memory, with a clock that a test moves. */
public final class RunLab {
    public final TestClock clock = new TestClock();
    public final World world;
    final InMemoryRunStore store = new InMemoryRunStore();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private boolean away;

    RunLab() {
        this(World::healthy);
    }

    public RunLab(Function<Clock, World> worlds) {
        world = worlds.apply(clock);
    }

    /** What the store throws while the database is away. */
    public void databaseAway(boolean now) {
        away = now;
    }

    private void befall(String call) {
        if (away) {
            throw new IllegalStateException(call, new SQLException("connection refused", "08001"));
        }
    }

    /** Types of the disasters that were ever opened. */
    public List<DisasterType> opened() {
        return store.newest(100, null).stream()
                .map(run -> run.disaster().type())
                .sorted()
                .toList();
    }

    public RecoveryService service() {
        var seen = Chaos.before(RunStore.class, store, () -> this::befall);
        var plans = new SeedPlans(world.peers(), TestPlanConfig.DEFAULTS, clock);
        return new RecoveryService(seen, plans, Duration.ofMinutes(1), new RecoveryMetrics(meters), clock);
    }

    RunMachine machine(RunStore seen, Peers peers, String owner) {
        var plans = new SeedPlans(peers, TestPlanConfig.DEFAULTS, clock);
        var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10), new Random(1));
        var rules = new RunMachine.Rules(owner, Duration.ofSeconds(30), 30, backoff);
        return new RunMachine(seen, plans, rules, new RecoveryMetrics(meters), clock);
    }

    RunMachine machine() {
        return machine(store, world.peers(), "me");
    }

    Disaster open(DisasterType type, String subject) {
        var at = clock.instant();
        var evidence = List.of(new Evidence("one", "first", at), new Evidence("two", "second", at));
        return service().open(new Finding(type, subject, at, at, evidence)).orElseThrow();
    }

    /** Works until every run has ended; fails after ten minutes of the lab's time. */
    public void workOff() {
        workOff(machine());
    }

    void workOff(RunMachine machine) {
        var end = clock.instant().plus(Duration.ofMinutes(10));
        while (!store.open().isEmpty()) {
            if (clock.instant().isAfter(end)) {
                throw new AssertionError("not ended: " + store.open());
            }
            if (machine.work() == RunMachine.Work.NONE) {
                clock.advance(Duration.ofMillis(250));
            }
        }
    }

    Run ended(Disaster disaster) {
        return store.find(disaster.runId()).orElseThrow();
    }

    static String outcome(Run run, int step) {
        return switch (run.steps().get(step - 1).state()) {
            case StepState.Done done -> done.outcome();
            case StepState.Broken broken -> broken.reason();
            case StepState.Pending pending -> "pending";
            case StepState.Active active -> "active";
        };
    }
}
