package io.everstate.backup.swap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * {@code syncfs(2)} of the file system that holds one directory. It reports what could not be written back since the directory was opened, and does so
 * only since Linux 5.8; so it is opened before the first write, and on an older Linux it is not used, for there a dying disk would look like a good one. Nor is
 * it where it does not reach the disk: a FUSE daemon is not told to force anything, and an overlay does not pass on the errors of what lies below it, and where
 * there is no journal a rename may come through in one of its directories alone. It waits also for what others have written to the same file system.
 */
final class Syncfs implements Flush {
    private static final Set<String> FILE_SYSTEMS = Set.of("ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs");
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+)\\b.*");
    private static final int NOT_CALLED = -1;

    private final SystemCalls calls;
    private final int descriptor;
    private final Path directory;
    private final Object device;

    private Syncfs(SystemCalls calls, int descriptor, Path directory, Object device) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.directory = directory;
        this.device = device;
    }

    /** {@link Flush#NONE} where there is no such call, or none to rely on. */
    static Flush of(Path directory) throws IOException {
        if (!reportsErrors(System.getProperty("os.name"), System.getProperty("os.version"))
                || !FILE_SYSTEMS.contains(Files.getFileStore(directory).type())) {
            return NONE;
        }
        var device = device(directory);
        var calls = SystemCalls.find();
        if (calls.isEmpty()) {
            return NONE;
        }
        var descriptor = calls.get().open(directory);
        return descriptor < 0 ? NONE : new Syncfs(calls.get(), descriptor, directory, device);
    }

    /** @param release as {@code uname -r} has it */
    static boolean reportsErrors(String system, String release) {
        var numbers = RELEASE.matcher(release);
        if (!system.equals("Linux") || !numbers.matches()) {
            return false;
        }
        var major = Integer.parseInt(numbers.group(1));
        return major > 5 || (major == 5 && Integer.parseInt(numbers.group(2)) >= 8);
    }

    private static Object device(Path path) throws IOException {
        return Files.getAttribute(path, "unix:dev");
    }

    /** What is mounted below the directory is another file system. */
    @Override
    public boolean covers(Path path) throws IOException {
        return device(path).equals(device);
    }

    /** On a thread of the system's own: a virtual one would keep its carrier for as long as the disk takes. */
    @Override
    public void now() throws IOException {
        var error = new AtomicInteger(NOT_CALLED);
        join(Thread.ofPlatform().daemon().name("syncfs").start(() -> error.set(calls.syncfs(descriptor))));
        if (error.get() != 0) {
            throw new IOException("what was written to the file system of %s is not all on its disk: %s"
                    .formatted(directory, reason(error.get())));
        }
    }

    /** As the manual page of {@code syncfs(2)} names them, with the numbers of Linux. */
    private static String reason(int error) {
        return switch (error) {
            case 5 -> "input/output error";
            case 28 -> "no space left";
            case 122 -> "disk quota exceeded";
            default -> "errno " + error;
        };
    }

    /** To its end: nothing interrupts the call, and its descriptor must not be closed under it. */
    private static void join(Thread call) {
        var interrupted = false;
        while (call.isAlive()) {
            try {
                call.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        calls.close(descriptor);
    }
}
