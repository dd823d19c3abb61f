package io.everstate.recovery.plan;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.InspectionView.FileFinding;
import io.everstate.contracts.backup.InspectionView.Role;
import java.util.List;
import java.util.Set;

/** Critical files of a workspace that are broken now and must not be. */
public record Damage(String workspace, List<FileFinding> files) {
    public Damage {
        files = List.copyOf(files);
    }

    /**
     * @param known damaged before, by {@link #key}: such a file stays damaged also when the last backup that held it is lost; of the others
     *     only those count that a verified backup holds, for what no backup ever held may never have been there
     */
    public static Damage in(InspectionView inspection, Set<Role> roles, Set<String> known) {
        var workspace = inspection.workspace();
        var broken = inspection.files().stream()
                .filter(file -> roles.contains(file.role()))
                .filter(Damage::isBroken)
                .filter(file -> wasOtherwise(file) || known.contains(key(workspace, file)))
                .toList();
        return new Damage(workspace, broken);
    }

    /** What nobody could look into is not known to be broken, and a restore over it would destroy what nobody has a copy of. */
    public static boolean isBroken(FileFinding file) {
        return switch (file.condition()) {
            case MISSING, EMPTY, UNREADABLE -> true;
            case OK, INACCESSIBLE -> false;
        };
    }

    /** The second signal: a verified backup holds other content, which was sound. */
    public static boolean wasOtherwise(FileFinding file) {
        var expected = file.expectedSha256();
        return expected != null && !expected.equals(file.sha256());
    }

    private static String key(String workspace, FileFinding file) {
        return workspace + ":" + file.path();
    }

    /** What identifies the files among those of all workspaces. */
    public Set<String> key() {
        return files.stream().map(file -> key(workspace, file)).collect(toUnmodifiableSet());
    }

    public boolean isNone() {
        return files.isEmpty();
    }

    /** {@code logs/bot_state.json EMPTY, .env MISSING}. */
    public String described() {
        return files.stream().map(file -> file.path() + " " + file.condition()).collect(joining(", "));
    }
}
