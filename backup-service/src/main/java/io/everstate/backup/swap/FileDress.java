package io.everstate.backup.swap;

import io.everstate.backup.archive.Manifest.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Gives a restored file its mode, its owner and its time. The owner only when the workspace belongs to root's process, since nobody else may
 * give files away; the bits set-user-id, set-group-id and sticky never.
 */
final class FileDress {
    private static final int ROOT = 0;

    private FileDress() {}

    static void put(Path path, Entry entry) throws IOException {
        var mine = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (mine == ROOT) {
            Files.setAttribute(path, "unix:uid", (int) entry.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", (int) entry.gid(), LinkOption.NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(path, permissions(entry.modeBits()));
        Files.setLastModifiedTime(path, FileTime.from(entry.modifiedAt()));
    }

    static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        var all = PosixFilePermission.values();
        for (var i = 0; i < all.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
