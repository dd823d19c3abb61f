package io.everstate.backup.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.backup.archive.Digests;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.packing.PackingConfiguration;
import io.everstate.backup.seal.Seals;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.store.StorageConfiguration;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RecoveryKitView;
import io.everstate.contracts.backup.RecoveryKitView.File;
import io.everstate.contracts.backup.SealHead;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a kit of what the catalogue knows now. */
@Singleton
class KitMaker {
    private static final int PAGE = 500;

    private final RestorePoints restorePoints;
    private final Catalogue catalogue;
    private final Seals seals;
    private final Workspaces workspaces;
    private final StoragePlace storage;
    private final KitKeys keys;
    private final JsonFormat json;
    private final Clock clock;

    KitMaker(
            RestorePoints restorePoints,
            Catalogue catalogue,
            Seals seals,
            Workspaces workspaces,
            StorageConfiguration storage,
            KitConfiguration configuration,
            PackingConfiguration packing,
            SealKeys sealKeys,
            JsonFormat json,
            Clock clock) {
        this.restorePoints = restorePoints;
        this.catalogue = catalogue;
        this.seals = seals;
        this.workspaces = workspaces;
        this.storage = StoragePlace.of(storage);
        this.keys = KitKeys.of(configuration, packing, sealKeys);
        this.json = json;
        this.clock = clock;
    }

    /** In many small transactions: a long catalogue holds up nobody, and is not held as rows all at once. */
    RecoveryKitView make() {
        var madeAt = clock.instant();
        Map<Workspace, List<RestorePoint>> points = new LinkedHashMap<>();
        workspaces.all().forEach(workspace -> points.put(workspace, restorePoints.of(workspace.name())));
        var files = new ArrayList<File>();
        files.add(new File("RUNBOOK.md", false, new Runbook(madeAt, storage, keys).text(points)));
        points.values().stream()
                .flatMap(List::stream)
                .map(point -> new RestoreScript(point, storage))
                .forEach(script -> files.add(new File(script.name(), true, script.text())));
        files.add(new File("catalogue.ndjson", false, catalogueLines()));
        files.add(new File("seal-heads.json", false, text(heads()) + "\n"));
        var sums = sums(files);
        files.add(new File("SHA256SUMS", false, sums));
        return new RecoveryKitView(madeAt, backups(points), sha256(sums), files);
    }

    private static List<UUID> backups(Map<Workspace, List<RestorePoint>> points) {
        return points.values().stream()
                .flatMap(List::stream)
                .flatMap(point -> point.chain().stream())
                .map(member -> member.backup().head().id())
                .distinct()
                .toList();
    }

    private String catalogueLines() {
        var lines = new StringBuilder();
        @Nullable UUID after = null;
        List<BackupView> page;
        do {
            page = catalogue.completedPage(after, PAGE);
            for (var backup : page) {
                after = backup.id();
                lines.append(text(backup)).append('\n');
            }
        } while (page.size() == PAGE);
        return lines.toString();
    }

    private Map<String, SealHead> heads() {
        var heads = new TreeMap<String, SealHead>();
        workspaces
                .all()
                .forEach(
                        workspace -> seals.head(workspace.name()).ifPresent(head -> heads.put(workspace.name(), head)));
        return heads;
    }

    private String text(Object value) {
        return new String(json.write(value), UTF_8);
    }

    private static String sums(List<File> files) {
        var lines = new StringBuilder();
        files.forEach(file -> lines.append("%s  %s\n".formatted(sha256(file.content()), file.name())));
        return lines.toString();
    }

    private static String sha256(String text) {
        return Digests.sha256(text.getBytes(UTF_8));
    }
}
