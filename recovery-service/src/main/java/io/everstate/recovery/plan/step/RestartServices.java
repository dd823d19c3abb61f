package io.everstate.recovery.plan.step;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.supervision.ServiceView;
import io.everstate.contracts.supervision.ServiceView.State;
import io.everstate.recovery.plan.Memory;
import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings dead processes up through the supervisor, each once: one that dies again is left to the supervisor's growing pauses. Then waits
 * until the service that crashed is ready and its bots go on.
 */
final class RestartServices extends AbstractStep {
    private static final String HOST_OF_BOTS = "bot-service";

    private final Peers peers;
    private final List<String> services;

    RestartServices(String name, Duration patience, List<String> services, Peers peers) {
        super(name, patience);
        this.peers = peers;
        this.services = services;
    }

    @Override
    public Progress advance(Situation situation) {
        var memory = situation.memory();
        var dead = dead(memory);
        if (dead.isPresent()) {
            var process = dead.get();
            peers.supervisor().restart(process.name());
            return new Progress.Again(memory.withRestarted(process.name(), process.pid()));
        }
        var subject = situation.subject();
        if (!peers.probe().ready(subject)) {
            return new Progress.Wait(subject + " to be ready");
        }
        return subject.equals(HOST_OF_BOTS) ? afterBots(memory) : new Progress.Done(outcome(memory, subject), memory);
    }

    private Optional<ServiceView> dead(Memory memory) {
        if (!peers.supervisor().configured()) {
            return Optional.empty();
        }
        return services.stream()
                .filter(service -> !memory.restarted().containsKey(service))
                .flatMap(service -> peers.supervisor().service(service).stream())
                .filter(process -> process.state() == State.DOWN)
                .findFirst();
    }

    private Progress afterBots(Memory memory) {
        var fleet = peers.fleet().bots().stream().collect(Collectors.toMap(BotState::id, bot -> bot));
        var missing = missing(fleet, memory);
        if (!missing.isEmpty()) {
            return new Progress.Wait("bots that do not go on yet: " + missing);
        }
        var running = fleet.values().stream().filter(BotState::running).count();
        return new Progress.Done(outcome(memory, HOST_OF_BOTS) + "; " + running + " bots run", memory);
    }

    private static List<BotId> missing(Map<BotId, BotState> fleet, Memory memory) {
        var expected = memory.expected();
        if (expected == null) {
            return fleet.values().stream()
                    .filter(bot -> bot.configuration().restartPolicy() == RestartPolicy.RESUME)
                    .filter(bot -> bot.lifecycle().stopReason() == StopReason.RESTART)
                    .map(BotState::id)
                    .toList();
        }
        return expected.stream().filter(id -> !wentOn(fleet.get(id))).toList();
    }

    /** It runs, or was stopped since for a reason of its own: by a person, the risk guard, the end of its tape. */
    private static boolean wentOn(@Nullable BotState bot) {
        return bot != null && (bot.running() || bot.lifecycle().stopReason() != StopReason.RESTART);
    }

    private String outcome(Memory memory, String subject) {
        var parts = new ArrayList<String>();
        parts.add(
                memory.restarted().isEmpty()
                        ? "not needed: every process was started already"
                        : "started " + String.join(", ", memory.restarted().keySet()));
        parts.add(subject + " is ready");
        return String.join("; ", parts);
    }
}
