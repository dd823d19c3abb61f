package io.everstate.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.backup.archive.Manifest.Chain;

/** The entry that {@code xargs -0 rm -rf --} reads: a name may hold any character but NUL. */
final class DeletedFile {
    private DeletedFile() {}

    static byte[] of(Chain chain) {
        var names = new StringBuilder();
        chain.deleted().forEach(name -> names.append(name).append('\0'));
        return names.toString().getBytes(UTF_8);
    }
}
