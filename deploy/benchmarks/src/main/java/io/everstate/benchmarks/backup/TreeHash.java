package io.everstate.benchmarks.backup;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** SHA-256 and mode of every file below a directory, by its path. */
record TreeHash(Map<String, String> files) {

    private static final String OF_EVERSTATE = ".everstate";
    private static final int BUFFER = 1 << 18;

    /** All but what backup-service itself keeps in a workspace. */
    static TreeHash of(Path root) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return directory.equals(root.resolve(OF_EVERSTATE))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TreeHash(files.parallelStream()
                .collect(toMap(file -> root.relativize(file).toString(), TreeHash::hash)));
    }

    private static String hash(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    + HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException when that directory does not hold the same files with the same content and mode */
    void requireAt(Path root, String who) {
        TreeHash found = of(root);
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!Objects.equals(found.files.get(file.getKey()), file.getValue())) {
                throw new IllegalStateException(who + " did not give back " + file.getKey() + " as it was");
            }
        }
        if (found.files.size() != files.size()) {
            throw new IllegalStateException(
                    "%s gave back %d files, there were %d".formatted(who, found.files.size(), files.size()));
        }
    }
}
