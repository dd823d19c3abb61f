package io.everstate.state.health;

import io.everstate.contracts.view.ComponentView;
import io.everstate.state.health.Round.Scored;
import io.everstate.state.health.look.Looks;
import io.everstate.state.health.look.NextBackup;
import io.everstate.state.health.look.Observation;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The looks of this replica, one behind the other. */
@Singleton
final class Rounds {
    private static final int PATIENCE = 3;

    private final Looks looks;
    private final NextBackup nextBackup;
    private final HealthConfiguration configuration;
    private final Clock clock;
    private final Reliability reliability = new Reliability();
    private volatile @Nullable Round newest;

    Rounds(Looks looks, NextBackup nextBackup, HealthConfiguration configuration, Clock clock) {
        this.looks = looks;
        this.nextBackup = nextBackup;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** The newest look; a new one when there is none, or it is old because nobody looks any more. */
    Round latest() throws InterruptedException {
        var known = newest;
        var oldest = clock.instant().minus(configuration.interval().multipliedBy(PATIENCE));
        return known == null || known.at().isBefore(oldest) ? look() : known;
    }

    synchronized Round look() throws InterruptedException {
        var found = looks.look();
        var at = clock.instant();
        reliability.learn(found, at);
        var scored = found.stream()
                .map(observation -> new Scored(observation.component(), view(observation, at)))
                .sorted(Comparator.comparing((Scored one) -> one.component().id()))
                .toList();
        var round = new Round(at, scored, nextBackup.due());
        newest = round;
        return round;
    }

    private ComponentView view(Observation observation, Instant at) {
        var past = reliability.of(observation);
        var score = Score.of(observation, past.reliability(), configuration.lagLimit());
        var component = observation.component();
        return new ComponentView(
                component.kind().name(),
                component.id(),
                component.name(),
                score,
                score == Score.FULL ? null : reason(observation, past),
                past.answered(),
                past.answered() == null ? null : age(past.answered(), at),
                observation.lag(),
                past.failures(),
                at);
    }

    private static Duration age(Instant then, Instant now) {
        var age = Duration.between(then, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private String reason(Observation observation, Reliability.Past past) {
        var id = observation.component().id();
        if (observation.reason() != null) {
            return id + " " + observation.reason();
        }
        var lag = observation.lag();
        return lag != null && Score.lagRatio(lag, configuration.lagLimit()) < past.reliability()
                ? id + " is " + lag + " events behind"
                : id + " answers again, and did not " + past.failures() + " times";
    }
}
