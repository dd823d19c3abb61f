package io.everstate.state.rebuild;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.platform.Transactions;
import io.everstate.state.rebuild.schema.Comparison;
import io.everstate.state.rebuild.schema.Exchange;
import io.everstate.state.rebuild.schema.Projections;
import io.everstate.state.rebuild.schema.RebuildConfiguration;
import io.everstate.state.rebuild.schema.Side;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does what is to be done for a rebuild. Each step begins from what the database says, so a replica that dies in the middle of one leaves it to
 * whoever comes next, and the first projection as it was.
 */
@Singleton
final class RebuildWork {
    private static final Logger LOG = Logger.getLogger(RebuildWork.class);

    private final Rebuilds rebuilds;
    private final Transactions transactions;
    private final Projections projections;
    private final Comparison comparison;
    private final Exchange exchange;
    private final RebuildConfiguration configuration;
    private final Clock clock;

    RebuildWork(
            Rebuilds rebuilds,
            Transactions transactions,
            Projections projections,
            Comparison comparison,
            Exchange exchange,
            RebuildConfiguration configuration,
            Clock clock) {
        this.rebuilds = rebuilds;
        this.transactions = transactions;
        this.projections = projections;
        this.comparison = comparison;
        this.exchange = exchange;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Takes it to its next status.
     *
     * @throws ProblemException of a retryable type when the same can succeed later
     */
    void advance(Rebuild rebuild, HeldLease held) {
        try {
            switch (rebuild.status()) {
                case FOLDING -> fold(rebuild, held);
                case SWITCHING -> switchOver(rebuild, held);
                case ROLLING_BACK -> rollBack(rebuild, held);
                default -> throw new IllegalStateException("nothing is to be done while it is " + rebuild.status());
            }
        } catch (LeaseLostException | CancellationException e) {
            throw e;
        } catch (PartitionLostException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "somebody else folds it too: " + e.getMessage(), e);
        } catch (ProblemException e) {
            giveUp(rebuild, held, e);
        } catch (RuntimeException e) {
            giveUp(rebuild, held, new ProblemException(ProblemType.INTERNAL, "a defect: " + e.getMessage(), e));
        }
    }

    /** One that was cancelled has lost its tables in the middle of the work. */
    private boolean isAsItWas(Rebuild rebuild) {
        return rebuilds.find(rebuild.id())
                .filter(now -> now.status() == rebuild.status())
                .isPresent();
    }

    private void fold(Rebuild rebuild, HeldLease held) {
        LOG.infof("rebuild %s: the log is folded beside the present projection", rebuild.id());
        follow(held);
        transactions.write(connection -> {
            held.check(connection);
            var differences = compared(connection, rebuild);
            return to(connection, rebuild, RebuildStatus.COMPARED, null, differences + " bots differ");
        });
    }

    private void follow(HeldLease held) {
        projections.prepare(held);
        projections.follow(Side.NEXT, held::beat);
        comparison.compare(held::beat);
        projections.analyze(Side.NEXT);
    }

    private long compared(Connection connection, Rebuild rebuild) throws SQLException {
        var differences = comparison.keep(connection, rebuild.number());
        Rebuilds.compared(connection, rebuild, differences);
        return differences;
    }

    private void switchOver(Rebuild rebuild, HeldLease held) {
        follow(held);
        var unaccepted = transactions.write(connection -> {
            held.check(connection);
            var found = compared(connection, rebuild);
            var others = Rebuilds.unaccepted(connection, rebuild);
            if (others > 0) {
                var note =
                        "not switched: %d bots differ now, and %d of them were not accepted".formatted(found, others);
                to(connection, rebuild, RebuildStatus.COMPARED, note, note);
            }
            return others;
        });
        if (unaccepted == 0) {
            exchange.exchange(
                    Side.NEXT,
                    held,
                    connection -> to(
                            connection, rebuild, RebuildStatus.SWITCHED, null, "the rebuilt projection answers now"));
        }
    }

    private void rollBack(Rebuild rebuild, HeldLease held) {
        projections.follow(Side.PREVIOUS, held::beat);
        exchange.exchange(
                Side.PREVIOUS,
                held,
                connection ->
                        to(connection, rebuild, RebuildStatus.ROLLED_BACK, null, "the first projection answers again"));
    }

    private static boolean to(
            Connection connection, Rebuild rebuild, RebuildStatus status, @Nullable String note, String said)
            throws SQLException {
        if (!Rebuilds.move(connection, rebuild, status, note)) {
            throw new ProblemException(ProblemType.CONFLICT, "the rebuild was cancelled meanwhile");
        }
        LOG.infof("rebuild %s is %s: %s", rebuild.id(), status, said);
        return true;
    }

    /** What can succeed later is thrown on; a switch does not wait for ever. */
    private void giveUp(Rebuild rebuild, HeldLease held, ProblemException why) {
        var tired = clock.instant().isAfter(rebuild.changedAt().plus(configuration.switchPatience()));
        if (why.type().retryable() && (rebuild.status() == RebuildStatus.FOLDING || !tired)) {
            throw why;
        }
        if (!isAsItWas(rebuild)) {
            return;
        }
        LOG.errorf(why, "rebuild %s is given up while it is %s", rebuild.id(), rebuild.status());
        transactions.write(connection -> {
            held.check(connection);
            return givenUp(connection, rebuild, why);
        });
    }

    private boolean givenUp(Connection connection, Rebuild rebuild, ProblemException why) throws SQLException {
        if (rebuild.status() == RebuildStatus.ROLLING_BACK) {
            return Rebuilds.move(connection, rebuild, RebuildStatus.SWITCHED, "not rolled back: " + why.detail());
        }
        if (rebuild.status() == RebuildStatus.SWITCHING && why.type().retryable()) {
            return Rebuilds.move(connection, rebuild, RebuildStatus.COMPARED, "not switched: " + why.detail());
        }
        var failed = Rebuilds.move(connection, rebuild, RebuildStatus.FAILED, why.detail());
        if (failed) {
            projections.drop(connection, Side.NEXT);
        }
        return failed;
    }
}
