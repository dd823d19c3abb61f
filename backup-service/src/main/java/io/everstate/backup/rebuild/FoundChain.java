package io.everstate.backup.rebuild;

import io.everstate.backup.archive.Manifest.Member;
import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.backup.catalogue.Catalogue;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Whether all that an INCREMENTAL needs is known, and is what it was built upon. */
@Singleton
final class FoundChain {
    private final Catalogue catalogue;

    FoundChain(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** What of it is not, by name; empty when all is well. */
    Optional<String> broken(List<Member> members) {
        return members.stream().flatMap(member -> broken(member).stream()).findFirst();
    }

    private Optional<String> broken(Member member) {
        var fate = switch (catalogue.findBackup(member.id()).orElse(null)) {
            case null -> "is not in the bucket";
            case Found found -> same(member, found.archive().sha256());
            case Completed completed -> same(member, completed.archive().sha256());
            case Corrupted _ -> "is corrupted";
            case Backup _ -> "is no backup";
        };
        return fate.isEmpty()
                ? Optional.empty()
                : Optional.of("%s of its chain (%s) %s".formatted(member.id(), member.object(), fate));
    }

    private static String same(Member member, String sha256) {
        return sha256.equals(member.sha256()) ? "" : "is not the one that it was built upon";
    }
}
