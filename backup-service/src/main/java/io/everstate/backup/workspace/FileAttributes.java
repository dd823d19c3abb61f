package io.everstate.backup.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What the file system says of a file, a directory or a link itself.
 *
 * @param identity device and inode: another file under the same name has another one
 * @param changedAt when the content or any of these changed last; cannot be set by a program
 */
public record FileAttributes(
        FileType type,
        long size,
        int mode,
        long uid,
        long gid,
        String owner,
        String group,
        Instant modifiedAt,
        Instant changedAt,
        String identity) {

    public enum FileType {
        FILE,
        DIRECTORY,
        LINK,
        OTHER
    }

    private static final int MODE_BITS = 07777;
    private static final long UNSIGNED = 0xffff_ffffL;
    private static final String IDENTITY = "unix:dev,ino";
    private static final String CONTENT = IDENTITY + ",size,lastModifiedTime,ctime";

    /** The names of owner and group are looked up for it, which takes longer than all the rest. */
    private static final String ALL = CONTENT + ",mode,uid,gid,owner,group,isSymbolicLink,isDirectory,isRegularFile";

    public static FileAttributes of(Path path) throws IOException {
        var unix = read(path, ALL);
        return new FileAttributes(
                type(unix),
                number(unix, "size"),
                (int) number(unix, "mode") & MODE_BITS,
                number(unix, "uid") & UNSIGNED,
                number(unix, "gid") & UNSIGNED,
                String.valueOf(unix.get("owner")),
                String.valueOf(unix.get("group")),
                time(unix, "lastModifiedTime"),
                time(unix, "ctime"),
                identity(unix));
    }

    static String identityOf(Path path) throws IOException {
        return identity(read(path, IDENTITY));
    }

    private static Map<String, Object> read(Path path, String names) throws IOException {
        return Files.readAttributes(path, names, LinkOption.NOFOLLOW_LINKS);
    }

    private static String identity(Map<String, Object> unix) {
        return unix.get("dev") + ":" + unix.get("ino");
    }

    private static long number(Map<String, Object> unix, String name) {
        return unix.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Instant time(Map<String, Object> unix, String name) {
        return unix.get(name) instanceof FileTime time ? time.toInstant() : Instant.EPOCH;
    }

    private static FileType type(Map<String, Object> unix) {
        if (Boolean.TRUE.equals(unix.get("isSymbolicLink"))) {
            return FileType.LINK;
        }
        if (Boolean.TRUE.equals(unix.get("isDirectory"))) {
            return FileType.DIRECTORY;
        }
        return Boolean.TRUE.equals(unix.get("isRegularFile")) ? FileType.FILE : FileType.OTHER;
    }

    /** Whether nothing was written to it since this look at it. */
    boolean sameContentNow(Path path) throws IOException {
        var now = read(path, CONTENT);
        return identity.equals(identity(now))
                && size == number(now, "size")
                && modifiedAt.equals(time(now, "lastModifiedTime"))
                && changedAt.equals(time(now, "ctime"));
    }
}
