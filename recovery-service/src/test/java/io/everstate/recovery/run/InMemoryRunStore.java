package io.everstate.recovery.run;

import io.everstate.contracts.recovery.RecoveryEvent;
import io.everstate.recovery.alert.Alert;
import io.everstate.recovery.disaster.Disaster;
import io.everstate.recovery.run.Run.Completed;
import io.everstate.recovery.run.Run.Failed;
import io.everstate.recovery.run.Run.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryRunStore implements RunStore {
    final List<RecoveryEvent> events = new ArrayList<>();
    final List<Alert> alerts = new ArrayList<>();
    private final Map<UUID, Row> rows = new LinkedHashMap<>();

    private record Row(Run run, @Nullable String owner, Instant heartbeatAt, long fence) {}

    @Override
    public boolean open(Running run, Announcement announcement, Instant failedSince) {
        var disaster = run.disaster();
        if (rows.values().stream().map(Row::run).anyMatch(other -> forbids(other, disaster, failedSince))) {
            return false;
        }
        rows.put(run.id(), new Row(run, null, run.startedAt(), 0));
        announce(announcement);
        return true;
    }

    private static boolean forbids(Run other, Disaster disaster, Instant failedSince) {
        var same = other.disaster().type() == disaster.type()
                && other.disaster().subject().equals(disaster.subject());
        return same
                && switch (other) {
                    case Running running -> true;
                    case Completed completed -> false;
                    case Failed failed -> !failed.finishedAt().isBefore(failedSince);
                };
    }

    @Override
    public Optional<Claim> claim(String owner, Instant now, Duration expiry) {
        return running()
                .min(Comparator.comparingInt(
                                (Row row) -> -row.run().disaster().type().severity())
                        .thenComparing(row -> row.run().startedAt()))
                .filter(row -> row.owner() == null
                        || row.owner().equals(owner)
                        || !now.isBefore(row.heartbeatAt().plus(expiry)))
                .map(row -> {
                    var claimed = new Row(row.run(), owner, now, row.fence() + 1);
                    rows.put(row.run().id(), claimed);
                    return new Claim((Running) row.run(), claimed.fence(), Duration.between(row.heartbeatAt(), now));
                });
    }

    @Override
    public void save(Run run, long fence, Instant now, Announcement announcement) {
        var row = rows.get(run.id());
        if (row == null || row.fence() != fence || !(row.run() instanceof Running)) {
            throw new LeaseLostException(run.id());
        }
        rows.put(run.id(), new Row(run, row.owner(), now, fence));
        announce(announcement);
    }

    private void announce(Announcement announcement) {
        events.addAll(announcement.events());
        alerts.addAll(announcement.alerts());
    }

    @Override
    public Optional<Run> find(UUID id) {
        return Optional.ofNullable(rows.get(id)).map(Row::run);
    }

    @Override
    public List<Run> newest(int max, @Nullable UUID before) {
        return rows.values().stream()
                .map(Row::run)
                .sorted(Comparator.comparing((Run run) -> run.id().toString()).reversed())
                .filter(run -> before == null || run.id().toString().compareTo(before.toString()) < 0)
                .limit(max)
                .toList();
    }

    @Override
    public List<Running> open() {
        return running().map(row -> (Running) row.run()).toList();
    }

    private Stream<Row> running() {
        return rows.values().stream().filter(row -> row.run() instanceof Running);
    }
}
