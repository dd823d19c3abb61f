package io.everstate.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.backup.archive.Manifest.Chain;

/** The entry that {@code xargs -0 rm -rf --} reads: a name may hold any character but NUL. */
final class DeletedFile {
    private DeletedFile() {}

    static Document of(Chain chain) {
        return target -> {
            for (var name : chain.deleted()) {
                target.write((name + '\0').getBytes(UTF_8));
            }
        };
    }
}
