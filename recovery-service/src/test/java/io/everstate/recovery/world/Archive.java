package io.everstate.recovery.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.backup.InspectionView.FileFinding;
import io.everstate.contracts.backup.InspectionView.Role;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.recovery.peer.Archives;
import io.everstate.recovery.peer.PeerException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One workspace with its files, its backups and restores. A file is text; what does not begin with "{" in a .json is unreadable. */
public final class Archive implements Archives {
    private final Processes processes;
    private final Clock clock;
    private final Set<String> critical = new TreeSet<>(Set.of(World.STATE_FILE, World.CONFIG_FILE, World.SECRETS_FILE));
    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, Instant> modified = new HashMap<>();
    private final Set<String> missingDirectories = new LinkedHashSet<>();
    private final Map<UUID, Stored> backups = new LinkedHashMap<>();
    private final Map<UUID, RestoreView> restores = new LinkedHashMap<>();
    private final Map<String, UUID> restoresByKey = new HashMap<>();
    private final List<List<String>> restoredPaths = new ArrayList<>();
    private final Set<UUID> rotten = new LinkedHashSet<>();
    private int looksUntilRestored = 1;
    private final Map<UUID, Integer> looksLeft = new HashMap<>();
    private long ids;

    private record Stored(BackupView view, Map<String, String> files) {
        Stored with(BackupView.Status status) {
            return new Stored(
                    new BackupView(
                            view.id(),
                            view.workspace(),
                            view.kind(),
                            status,
                            view.description(),
                            view.requestedAt(),
                            view.verifiedAt(),
                            view.files(),
                            view.bytesDone(),
                            view.archiveBytes(),
                            view.objectName(),
                            view.sha256(),
                            view.md5(),
                            view.failure()),
                    files);
        }
    }

    Archive(Processes processes, Clock clock) {
        this.processes = processes;
        this.clock = clock;
    }

    public synchronized void write(String path, String content) {
        files.put(path, content);
        modified.put(path, clock.instant());
    }

    public synchronized void delete(String path) {
        files.remove(path);
    }

    public synchronized void loseDirectory(String path) {
        missingDirectories.add(path);
    }

    public synchronized Optional<String> content(String path) {
        return Optional.ofNullable(files.get(path));
    }

    public synchronized UUID backUp(BackupKind kind, String description) {
        var id = nextId();
        var held = new TreeMap<>(files);
        held.keySet().removeIf(path -> !mayHold(kind, path));
        var view = new BackupView(
                id,
                World.WORKSPACE,
                kind,
                BackupView.Status.COMPLETED,
                description,
                clock.instant(),
                clock.instant(),
                held.size(),
                1,
                1L,
                "object",
                "sha",
                "md5",
                null);
        backups.put(id, new Stored(view, held));
        return id;
    }

    private UUID nextId() {
        return new UUID(ids++, 0);
    }

    private static boolean mayHold(BackupKind kind, String path) {
        return switch (kind) {
            case FULL, INCREMENTAL -> true;
            case STATE_ONLY -> path.startsWith("logs/");
            case CONFIG_ONLY -> !path.startsWith("logs/");
            case LOGS_ONLY -> false;
        };
    }

    /** Its restore fails, and it is marked CORRUPTED by that. */
    public synchronized void rot(UUID backup) {
        rotten.add(backup);
    }

    /** How often a restore is looked at before it is done. */
    public synchronized void restoreSlowly(int looks) {
        looksUntilRestored = looks;
    }

    public synchronized void finishRestores() {
        looksLeft.replaceAll((id, left) -> 0);
    }

    /** Paths of each restore that was carried out. */
    public synchronized List<List<String>> restoredPaths() {
        return List.copyOf(restoredPaths);
    }

    public synchronized List<UUID> restoredBackups() {
        return restores.values().stream().map(RestoreView::backupId).toList();
    }

    @Override
    public synchronized List<String> workspaces() {
        processes.mustBeUp("backup-service");
        return List.of(World.WORKSPACE);
    }

    @Override
    public synchronized InspectionView inspection(String workspace) {
        processes.mustBeUp("backup-service");
        if (!workspace.equals(World.WORKSPACE)) {
            throw new PeerException(ProblemType.NOT_FOUND, "there is no workspace " + workspace, null);
        }
        var newest = backups.values().stream().map(stored -> stored.view().id()).reduce((first, last) -> last);
        return new InspectionView(
                workspace,
                clock.instant(),
                newest.orElse(null),
                critical.stream().map(this::finding).toList(),
                List.copyOf(missingDirectories));
    }

    private FileFinding finding(String path) {
        var content = files.get(path);
        var good = backups.values().stream()
                .filter(stored -> stored.view().status() == BackupView.Status.COMPLETED)
                .filter(stored -> condition(path, stored.files().get(path)) == Condition.OK)
                .reduce((first, last) -> last);
        var expected = good.map(stored -> stored.files().get(path)).orElse(null);
        return new FileFinding(
                path,
                path.startsWith("logs/") ? Role.STATE : Role.CONFIG,
                condition(path, content),
                content == null ? -1 : content.length(),
                content == null ? null : sha256(content),
                content == null ? null : modified.get(path),
                expected == null ? null : (long) expected.length(),
                expected == null ? null : sha256(expected),
                null,
                good.map(stored -> stored.view().id()).orElse(null));
    }

    private static Condition condition(String path, @Nullable String content) {
        if (content == null) {
            return Condition.MISSING;
        }
        if (content.isEmpty()) {
            return Condition.EMPTY;
        }
        return path.endsWith(".json") && !content.startsWith("{") ? Condition.UNREADABLE : Condition.OK;
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized List<BackupView> backups(String workspace) {
        processes.mustBeUp("backup-service");
        return backups.values().stream().map(Stored::view).toList();
    }

    @Override
    public synchronized UUID requestRestore(UUID backup, List<String> paths, String key) {
        processes.mustBeUp("backup-service");
        var earlier = restoresByKey.get(key);
        if (earlier != null) {
            return earlier;
        }
        var stored = stored(backup);
        if (stored.view().status() != BackupView.Status.COMPLETED) {
            throw new PeerException(ProblemType.CORRUPT, "the backup is corrupted", null);
        }
        var id = nextId();
        restores.put(id, restore(id, backup, RestoreView.Status.RUNNING, paths, null));
        restoresByKey.put(key, id);
        looksLeft.put(id, looksUntilRestored);
        return id;
    }

    private Stored stored(UUID backup) {
        return Optional.ofNullable(backups.get(backup))
                .orElseThrow(() -> new PeerException(ProblemType.NOT_FOUND, "there is no backup " + backup, null));
    }

    private RestoreView restore(
            UUID id, UUID backup, RestoreView.Status status, List<String> paths, @Nullable String failure) {
        var before = restores.get(id);
        var requestedAt = before == null ? clock.instant() : before.requestedAt();
        return new RestoreView(
                id, backup, World.WORKSPACE, status, requestedAt, null, new UUID(0, ids), paths, failure);
    }

    @Override
    public synchronized RestoreView restore(UUID id) {
        processes.mustBeUp("backup-service");
        var found = Optional.ofNullable(restores.get(id))
                .orElseThrow(() -> new PeerException(ProblemType.NOT_FOUND, "there is no restore " + id, null));
        if (found.status() == RestoreView.Status.RUNNING && looksLeft.merge(id, -1, Integer::sum) < 0) {
            found = carryOut(found);
            restores.put(id, found);
        }
        return found;
    }

    private RestoreView carryOut(RestoreView asked) {
        var stored = stored(asked.backupId());
        if (rotten.contains(asked.backupId())) {
            backups.put(asked.backupId(), stored.with(BackupView.Status.CORRUPTED));
            return restore(
                    asked.id(), asked.backupId(), RestoreView.Status.FAILED, asked.files(), "a checksum differs");
        }
        for (var path : asked.files()) {
            missingDirectories.remove(path);
            Optional.ofNullable(stored.files().get(path)).ifPresent(content -> write(path, content));
        }
        restoredPaths.add(asked.files());
        return restore(asked.id(), asked.backupId(), RestoreView.Status.COMPLETED, asked.files(), null);
    }

    @Override
    public synchronized List<RestoreView> restores() {
        processes.mustBeUp("backup-service");
        return List.copyOf(restores.values());
    }
}
