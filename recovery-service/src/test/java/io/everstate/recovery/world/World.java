package io.everstate.recovery.world;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.recovery.peer.ServiceProbe;
import io.everstate.recovery.plan.step.Peers;
import java.time.Clock;
import java.util.List;

/** The other services as far as recovery sees them, with state of their own: what is stopped stays stopped, what is restored is there. */
public final class World {
    public static final String WORKSPACE = "default";
    public static final String STATE_FILE = "logs/bot_state.json";
    public static final String CONFIG_FILE = "configs/alert_config.json";
    public static final String SECRETS_FILE = ".env";

    public final Fleet fleet;
    public final Archive archive;
    public final Processes processes;

    public World(Clock clock) {
        processes = new Processes(clock);
        fleet = new Fleet(processes, clock);
        archive = new Archive(processes, clock);
    }

    /** Five bots, three of them running; two good backups of sound files. */
    public static World healthy(Clock clock) {
        var world = new World(clock);
        world.fleet.add("one", RestartPolicy.RESUME, true);
        world.fleet.add("two", RestartPolicy.RESUME, true);
        world.fleet.add("three", RestartPolicy.MANUAL, true);
        world.fleet.add("four", RestartPolicy.RESUME, false);
        world.fleet.add("five", RestartPolicy.MANUAL, false);
        world.archive.write(STATE_FILE, "{\"state\":1}");
        world.archive.write(CONFIG_FILE, "{\"alerts\":true}");
        world.archive.write(SECRETS_FILE, "KEY=1");
        world.archive.backUp(BackupKind.FULL, "the older one");
        world.archive.backUp(BackupKind.FULL, "the newer one");
        return world;
    }

    public Peers peers() {
        return new Peers(fleet, fleet::records, archive, processes, new Probe(processes));
    }

    public List<BotId> running() {
        return fleet.running();
    }

    /** Answers for the processes of this world. */
    private record Probe(Processes processes) implements ServiceProbe {
        @Override
        public Knock health(String service) {
            return processes.isUp(service) ? new Knock(true, "answers 200") : new Knock(false, "does not answer");
        }

        @Override
        public Knock port(String service) {
            return processes.isUp(service) ? new Knock(true, "takes connections") : new Knock(false, "refuses");
        }

        @Override
        public boolean ready(String service) {
            return processes.isUp(service);
        }
    }
}
