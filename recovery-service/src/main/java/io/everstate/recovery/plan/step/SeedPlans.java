package io.everstate.recovery.plan.step;

import io.everstate.contracts.backup.InspectionView.Role;
import io.everstate.contracts.recovery.DisasterType;
import io.everstate.recovery.plan.Plan;
import io.everstate.recovery.plan.PlanConfig;
import io.everstate.recovery.plan.Plans;
import io.everstate.recovery.plan.Step;
import io.everstate.recovery.plan.step.Restoration.WithoutBackup;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The three plans, their steps in the order that the operators' handbook gives them. */
public final class SeedPlans implements Plans {
    private static final Set<Role> CONFIG = EnumSet.of(Role.CONFIG);
    private static final Set<Role> STATE = EnumSet.of(Role.STATE);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final Peers peers;
    private final PlanConfig config;
    private final Clock clock;

    public SeedPlans(Peers peers, PlanConfig config, Clock clock) {
        this.peers = peers;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Plan against(DisasterType type) {
        return switch (type) {
            case DATA_CORRUPTION -> new Plan(type, QUARTER, dataCorruption());
            case SYSTEM_CRASH -> new Plan(type, HALF_HOUR, systemCrash());
            case CONFIG_LOSS -> new Plan(type, TEN_MINUTES, configLoss());
        };
    }

    private List<Step> dataCorruption() {
        return List.of(
                stopBots("Stop the bots"),
                new VerifyBackups("Verify the backups", config.stepPatience(), peers),
                restore("Restore the state files from the newest backup", STATE, WithoutBackup.FAIL),
                restore("Restore the configuration files", CONFIG, WithoutBackup.FAIL),
                validate("Validate the restored files", Workspaces.ALL),
                restartBots("Restart the bots with the restored state"));
    }

    /** Files that no backup can mend do not keep the services down. */
    private List<Step> systemCrash() {
        var patience = config.stepPatience();
        var archives = peers.archives();
        var services = config.services();
        return List.of(
                new AssessDamage("Assess the damage", patience, peers),
                new CheckProcesses("Check the state of the processes", patience, services, peers),
                restoration("Restore from the newest full backup", Wants.damagedAndNewestInFull(archives)),
                restoration("Recreate missing directories", Wants.missingDirectories(archives)),
                restore("Restore the configuration", CONFIG, WithoutBackup.LEAVE),
                restore("Restore the state", STATE, WithoutBackup.LEAVE),
                new RestartServices("Restart all services", patience, services, peers));
    }

    private List<Step> configLoss() {
        return List.of(
                stopBots("Stop the bots"),
                restore("Restore the configuration files", CONFIG, WithoutBackup.FAIL),
                validate("Validate the configuration", CONFIG),
                restartBots("Restart the bots"));
    }

    private Step stopBots(String name) {
        return new StopBots(name, config.stepPatience(), peers, clock);
    }

    private Step restartBots(String name) {
        return new RestartBots(name, config.stepPatience(), peers, clock);
    }

    private Step restore(String name, Set<Role> roles, WithoutBackup withoutBackup) {
        var wants = Wants.damaged(peers.archives(), roles);
        return new Restoration(name, config.stepPatience(), wants, withoutBackup, peers);
    }

    private Step restoration(String name, Wants wants) {
        return new Restoration(name, config.stepPatience(), wants, WithoutBackup.LEAVE, peers);
    }

    private Step validate(String name, Set<Role> roles) {
        return new ValidateFiles(name, config.validationPatience(), roles, peers);
    }
}
