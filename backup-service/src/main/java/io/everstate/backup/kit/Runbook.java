package io.everstate.backup.kit;

import io.everstate.backup.catalogue.Backup.Proven;
import io.everstate.backup.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people do with a kit, in words. */
record Runbook(Instant madeAt, StoragePlace storage, KitKeys keys) {
    private static final String HEAD = """
            # When nothing runs any more
            Made at {madeAt}. With this directory, the keys below and the bucket, each workspace is back by standard tools alone.

            1. `sha256sum --check SHA256SUMS` here: are these the files that were written?
            2. Get the keys: {keptAt}
            3. Run the script of a workspace with an empty directory. It takes each archive from the bucket, compares it with the sum that the catalogue had, unpacks it, and compares every file.
            4. In that directory `workspace/` is the workspace: put its files where the bots look for them, below. `everstate/` has the bots' state as state-service knew it.
            5. Then start Everstate anew on the same bucket and run `everstate catalogue rebuild`: it takes up all backups that the bucket has, and what `event-archive` holds of the log.

            ## Keys
            | for | which | what it is needed for |
            |---|---|---|
            | the storage | of {endpoint}, bucket `{bucket}`, region `{region}`: an access key and its secret key | to read anything |
            {keys}
            ## Files here
            | file | what it is |
            |---|---|
            | `catalogue.ndjson` | every completed backup as the catalogue knew it: object, sums, what it is built upon; one a line |
            | `seal-heads.json` | where each workspace's chain of seals ended: no later chain may lack these (`everstate verify --chain --workspace <name> --noted <number>:<sha256>`) |
            | `restore-*.sh` | the commands, one script for each point below |
            """;

    /** @param points of each workspace, by its order */
    String text(Map<Workspace, List<RestorePoint>> points) {
        var text = new StringBuilder(HEAD.replace("{madeAt}", madeAt.toString())
                .replace(
                        "{keptAt}",
                        keys.keptAt().orElse("nobody said where they are kept (`everstate.recovery-kit.keys-kept-at`)"))
                .replace("{endpoint}", storage.endpoint().toString())
                .replace("{bucket}", storage.bucket())
                .replace("{region}", storage.region())
                .replace("{keys}", keys.rows()));
        if (storage.onThisMachine()) {
            text.append("""

                    **The storage is on the machine that made this kit, and is gone with it.** Copy the bucket elsewhere, or keep backups in a storage that is elsewhere. Where it is the one of \
                    `everstate up`, nothing answers for it while Everstate is down: start the platform alone (deploy/platform/README.md) on the data directory's copy, or serve its objects, which are plain files, and set S3_ENDPOINT.
                    """);
        }
        points.forEach((workspace, some) -> text.append(section(workspace, some)));
        return text.toString();
    }

    private String section(Workspace workspace, List<RestorePoint> points) {
        var text = new StringBuilder(
                "\n## Workspace %s\nIts directory was `%s`.\n".formatted(workspace.name(), workspace.root()));
        if (points.isEmpty()) {
            return text.append("**There was no backup of it that could be restored.**\n")
                    .toString();
        }
        for (var point : points) {
            var script = new RestoreScript(point, storage);
            var backup = point.backup();
            text.append("\n### `./%s DIRECTORY`\n".formatted(script.name()))
                    .append("%s backup `%s` of %s, %d archives, read back at %s%s.\n"
                            .formatted(
                                    backup.head().kind(),
                                    backup.head().id(),
                                    backup.head().requestedAt(),
                                    point.chain().size(),
                                    backup.verifiedAt(),
                                    proof(point)))
                    .append("```bash\n")
                    .append(script.text())
                    .append("```\n");
        }
        return text.toString();
    }

    private static String proof(RestorePoint point) {
        return Optional.of(point.backup())
                .filter(Proven.class::isInstance)
                .map(Proven.class::cast)
                .map(proven -> ", restored by drill %s at %s"
                        .formatted(proven.proof().drillRun(), proven.proof().at()))
                .orElse(", restored by no drill yet");
    }
}
