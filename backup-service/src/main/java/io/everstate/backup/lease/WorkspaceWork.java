package io.everstate.backup.lease;

import java.util.Set;

/** A kind of work on workspaces, one piece at a time under the workspace's lease. */
public interface WorkspaceWork {
    /** Smaller is earlier: what a restore left half done is put right before a backup reads the files. */
    int order();

    /** Names of workspaces in which something waits or was left unfinished. */
    Set<String> waiting();

    /** Ends what an earlier holder of the lease left unfinished; every such piece is dead, since this lease is held. */
    void mend(String workspace, Lease lease);

    /** @return whether there was something to do */
    boolean runNext(String workspace, Lease lease);
}
