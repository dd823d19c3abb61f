package io.everstate.recovery.alert;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

final class InMemoryAlertOutbox implements AlertOutbox {
    private final Map<UUID, Kept> alerts = new LinkedHashMap<>();

    @Override
    public void add(Alert alert) {
        var known = alert.sourceEvent() != null
                && alerts.values().stream()
                        .anyMatch(
                                kept -> alert.sourceEvent().equals(kept.alert().sourceEvent()));
        if (!known) {
            alerts.put(alert.id(), new Kept(alert, new Delivery.Waiting(0, alert.at(), null)));
        }
    }

    private static Instant dueAt(Kept kept) {
        return kept.delivery() instanceof Delivery.Waiting waiting ? waiting.dueAt() : Instant.MAX;
    }

    @Override
    public Optional<Taken> take(Instant now, Instant hiddenUntil) {
        return alerts.values().stream()
                .filter(kept -> !dueAt(kept).isAfter(now))
                .min(Comparator.comparing(InMemoryAlertOutbox::dueAt)
                        .thenComparing(kept -> kept.alert().at()))
                .map(kept -> {
                    var delivery = kept.delivery();
                    update(
                            kept.alert().id(),
                            new Delivery.Waiting(delivery.attempts(), hiddenUntil, delivery.lastProblem()));
                    return new Taken(kept.alert(), delivery.attempts());
                });
    }

    @Override
    public void update(UUID id, Delivery delivery) {
        var kept = Objects.requireNonNull(alerts.get(id));
        alerts.put(id, new Kept(kept.alert(), delivery));
    }

    @Override
    public List<Kept> newest(int max, @Nullable UUID before) {
        return alerts.values().stream()
                .sorted(Comparator.comparing((Kept kept) -> kept.alert().id().toString())
                        .reversed())
                .filter(kept -> before == null || kept.alert().id().toString().compareTo(before.toString()) < 0)
                .limit(max)
                .toList();
    }

    @Override
    public long waiting() {
        return alerts.values().stream()
                .filter(kept -> kept.delivery() instanceof Delivery.Waiting)
                .count();
    }
}
