package io.everstate.benchmarks.backup;

import io.everstate.platform.launcher.ObjectStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What people use instead, each with its own format, on the same tree: tar with zstd or pigz and the storage's plain PUT and GET, and restic in the same
 * storage; borg, which knows no S3, in a local directory.
 */
final class Peers {

    static final String BUCKET = "peers";

    private static final String RESTIC_BUCKET = "restic";
    private static final String ZSTD_OBJECT = "tree.tar.zst";
    private static final String GZIP_OBJECT = "tree.tar.gz";
    private static final List<String> TOOLS = List.of("tar", "zstd", "pigz", "restic", "borg");

    private final Shell shell;
    private final Path tree;
    private final Path directory;
    private final Bucket bucket;
    private final Bucket resticBucket;

    /** @param directory for what they keep on this machine */
    Peers(Path directory, Path tree, ObjectStorage storage) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.directory = directory;
        this.tree = tree;
        this.bucket = new Bucket(storage, BUCKET);
        this.resticBucket = new Bucket(storage, RESTIC_BUCKET);
        this.shell = new Shell(
                directory,
                Map.of(
                        "AWS_ACCESS_KEY_ID",
                        storage.accessKey(),
                        "AWS_SECRET_ACCESS_KEY",
                        storage.secretKey(),
                        "RESTIC_REPOSITORY",
                        "s3:" + storage.endpoint() + "/" + RESTIC_BUCKET,
                        "RESTIC_PASSWORD",
                        "benchmark",
                        "RESTIC_CACHE_DIR",
                        directory.resolve("restic-cache").toString(),
                        "BORG_PASSPHRASE",
                        "benchmark",
                        "BORG_BASE_DIR",
                        directory.resolve("borg-home").toString()));
    }

    /** Those that the PATH does not have. */
    static List<String> missing() {
        return TOOLS.stream().filter(tool -> !Shell.has(tool)).toList();
    }

    /** @throws IllegalStateException without tar and zstd, which most figures are compared with */
    void make() throws InterruptedException {
        if (!Shell.has("tar") || !Shell.has("zstd")) {
            throw new IllegalStateException("tar and zstd have to be on the PATH");
        }
        bucket.make();
        resticBucket.make();
    }

    /** Everything that was written before is on the disk. */
    void sync() throws InterruptedException {
        shell.run("sync");
    }

    double zstd() throws InterruptedException {
        return packed("zstd -q -1 -T2", ZSTD_OBJECT);
    }

    double pigz() throws InterruptedException {
        return packed("pigz -1 -p2", GZIP_OBJECT);
    }

    private double packed(String packer, String object) throws InterruptedException {
        return Stopwatch.seconds(
                () -> shell.produce("tar -C " + tree + " -c . | " + packer, packed -> bucket.upload(object, packed)));
    }

    /** How many bytes these files of the tree have as {@code zstd -1} compresses their tar. */
    long compressed(List<String> paths) throws InterruptedException {
        try {
            Path list = directory.resolve("changed.txt");
            Files.write(list, paths);
            Path file = directory.resolve("changed.tar.zst");
            shell.run("tar -C %s -c -T %s | zstd -q -f -1 -o %s".formatted(tree, list, file));
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until what was unpacked is on the disk. */
    double unpackZstd(Path target) throws InterruptedException {
        return Stopwatch.seconds(() -> {
            shell.consume("zstd -q -d | tar -C " + target + " -x", packed -> bucket.get(ZSTD_OBJECT, packed));
            shell.run("sync -f " + target);
        });
    }

    /** A new repository; making it does not count. */
    double resticFirst() throws InterruptedException {
        resticBucket.empty();
        shell.run("rm -rf restic-cache; restic -q init");
        return restic("--tag first");
    }

    double resticAgain() throws InterruptedException {
        return restic("");
    }

    private double restic(String options) throws InterruptedException {
        return Stopwatch.seconds(() -> shell.run("cd " + tree + " && restic -q backup " + options + " ."));
    }

    long resticBytes() throws InterruptedException {
        return resticBucket.bytes("");
    }

    /** Of the first backup, until what was restored is on the disk. */
    double resticRestore(Path target) throws InterruptedException {
        return Stopwatch.seconds(
                () -> shell.run("restic -q restore latest --tag first --target " + target + " && sync -f " + target));
    }

    /** In a new repository on the local disk; making it does not count. */
    double borgFirst() throws InterruptedException {
        shell.run("rm -rf borg; borg init -e repokey borg");
        String create = "borg create --compression zstd,1 " + directory.resolve("borg") + "::first .";
        return Stopwatch.seconds(() -> shell.run("cd " + tree + " && " + create));
    }
}
