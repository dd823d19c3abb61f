package io.everstate.recovery.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.supervision.ServiceView.State;
import io.everstate.recovery.plan.step.Peers;
import io.everstate.recovery.world.World;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What recovery relies on at its peers, whichever way they are reached. Each test begins with a healthy world. */
interface PeersContract {
    World world();

    Peers peers();

    /** The service's process ends. */
    void kill(String service);

    @Test
    default void listsTheBotsAndStartsAndStopsThem() {
        var fleet = peers().fleet();
        var bot = world().running().getFirst();
        assertThat(fleet.bots()).hasSize(5).contains(world().fleet.find(bot).orElseThrow());

        fleet.stop(bot);
        assertThat(world().running()).doesNotContain(bot);
        fleet.start(bot);

        assertThat(world().running()).contains(bot);
    }

    @Test
    default void takesWhatIsSoAlreadyOrGoneForNoFailure() {
        var fleet = peers().fleet();
        var running = world().running();

        fleet.start(running.getFirst());
        fleet.stop(new BotId(new UUID(9, 9)));

        assertThat(world().running()).isEqualTo(running);
    }

    @Test
    default void knowsTheBotsFromStateServiceWhileBotServiceIsDead() {
        kill("bot-service");

        assertThat(peers().records().bots()).hasSize(5);
        assertThatThrownBy(() -> peers().fleet().bots())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type().retryable()).isTrue());
    }

    @Test
    default void inspectsWorkspaces() {
        world().archive.write(World.STATE_FILE, "");
        var archives = peers().archives();

        assertThat(archives.workspaces()).containsExactly(World.WORKSPACE);
        assertThat(archives.inspection(World.WORKSPACE).files())
                .filteredOn(file -> file.condition() == Condition.EMPTY)
                .singleElement()
                .satisfies(file -> assertThat(file.path()).isEqualTo(World.STATE_FILE))
                .satisfies(file -> assertThat(file.restorableFrom()).isNotNull());
        assertThatThrownBy(() -> archives.inspection("nowhere"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
    }

    @Test
    default void restoresTheNamedFiles() {
        var archives = peers().archives();
        world().archive.delete(World.CONFIG_FILE);
        var backup = archives.backups(World.WORKSPACE).getFirst().id();

        var id = archives.requestRestore(backup, List.of(World.CONFIG_FILE), "a key");
        world().archive.finishRestores();

        assertThat(archives.restore(id).status()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(archives.restores()).extracting(RestoreView::id).containsExactly(id);
        assertThat(world().archive.content(World.CONFIG_FILE)).isPresent();
    }

    @Test
    default void seesAndRestartsProcesses() {
        var supervisor = peers().supervisor();
        assertThat(supervisor.configured()).isTrue();
        assertThat(supervisor.service("nobody")).isEmpty();
        kill("state-service");
        assertThat(supervisor.service("state-service"))
                .get()
                .extracting(view -> view.state())
                .isEqualTo(State.DOWN);
        assertThat(peers().probe().health("state-service").answered()).isFalse();
        assertThat(peers().probe().port("state-service").answered()).isFalse();
        assertThat(peers().probe().ready("state-service")).isFalse();

        supervisor.restart("state-service");

        assertThat(supervisor.service("state-service"))
                .get()
                .extracting(view -> view.state())
                .isEqualTo(State.UP);
        assertThat(peers().probe().health("state-service").answered()).isTrue();
        assertThat(peers().probe().port("state-service").answered()).isTrue();
        assertThat(peers().probe().ready("state-service")).isTrue();
    }
}
