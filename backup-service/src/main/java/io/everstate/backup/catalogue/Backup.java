package io.everstate.backup.catalogue;

import java.time.Instant;
import java.util.UUID;

/**
 * A backup's life. A transition is a method of the state that allows it; only {@link Uploaded} leads to {@link Completed}, and {@link Found} where the
 * catalogue was lost.
 */
public sealed interface Backup {
    BackupHead head();

    /** Waits for its workspace to be free. */
    record Requested(BackupHead head) implements Backup {
        /** @param settled what an INCREMENTAL is built upon is seen only when its turn has come */
        public Requested settled(BackupHead settled) {
            return new Requested(settled);
        }

        public Running start(long fence) {
            return new Running(head, fence);
        }

        public Failed fail(String reason, Instant at) {
            return new Failed(head, reason, at);
        }
    }

    /**
     * Files are read and parts are sent.
     *
     * @param fence of the lease it runs under
     */
    record Running(BackupHead head, long fence) implements Backup {
        public Uploaded uploaded(StoredArchive archive) {
            return new Uploaded(head, fence, archive);
        }

        public Failed fail(String reason, Instant at) {
            return new Failed(head, reason, at);
        }
    }

    /** All objects are written; nobody has read them yet. */
    record Uploaded(BackupHead head, long fence, StoredArchive archive) implements Backup {
        /** To be called only when the archive was read from storage to its end and every check sum agreed. */
        public Completed readBack(Instant at) {
            return new Verified(head, archive, at);
        }

        public Failed fail(String reason, Instant at) {
            return new Failed(head, reason, at);
        }
    }

    /** A rebuild of the catalogue found its objects, and its manifest says what it is; nobody has read the archive yet. */
    record Found(BackupHead head, StoredArchive archive) implements Backup {
        /** To be called only when the archive was read from storage to its end and every check sum agreed. */
        public Completed readBack(Instant at) {
            return new Verified(head, archive, at);
        }

        public Corrupted corrupt(String what, Instant at) {
            return new Corrupted(head, archive, what, at);
        }
    }

    /** Was read back, and nothing bad was found since. */
    sealed interface Completed extends Backup {
        StoredArchive archive();

        /** When all of its archive was read from storage last. */
        Instant verifiedAt();

        /** To be called only when a drill restored it, and what was restored is what was backed up. */
        default Proven prove(Proof proof) {
            return new Proven(head(), archive(), verifiedAt(), proof);
        }

        default Corrupted corrupt(String what, Instant at) {
            return new Corrupted(head(), archive(), what, at);
        }

        default Expired expire(Expiry expiry) {
            return new Expired(head(), archive(), expiry);
        }
    }

    /** Its archive is as it was written; nobody has restored it yet. */
    record Verified(BackupHead head, StoredArchive archive, Instant verifiedAt) implements Completed {}

    /** Was restored by a drill; all that holds for the others holds for it. */
    record Proven(BackupHead head, StoredArchive archive, Instant verifiedAt, Proof proof) implements Completed {}

    /**
     * A restore that changed nothing real.
     *
     * @param at when what it restored was compared
     * @param drillRun which run of a drill
     * @param compared what was compared with what
     */
    record Proof(Instant at, String drillRun, String compared) {}

    /** Never became a backup; its objects are swept up. */
    record Failed(BackupHead head, String reason, Instant at) implements Backup {}

    /** Was a backup and is none any more; its objects stay for whoever looks into it. */
    record Corrupted(BackupHead head, StoredArchive archive, String what, Instant at) implements Backup {
        public Expired expire(Expiry expiry) {
            return new Expired(head, archive, expiry);
        }
    }

    /**
     * Why a backup was given up.
     *
     * @param remains a younger good backup that stands for it
     */
    record Expiry(String why, UUID remains, Instant at) {}

    /** Given up by retention: nobody restores it any more. Its objects may still be there. */
    record Expired(BackupHead head, StoredArchive archive, Expiry expiry) implements Backup {
        /** To be called only when its objects are gone. */
        public Deleted delete(Instant at) {
            return new Deleted(head, archive, expiry, at);
        }
    }

    /** Was a backup once; its objects are gone. */
    record Deleted(BackupHead head, StoredArchive archive, Expiry expiry, Instant at) implements Backup {}
}
