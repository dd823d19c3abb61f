package io.everstate.backup.catalogue;

import java.time.Instant;

/** A backup's life. A transition is a method of the state that allows it; only {@link Uploaded} leads to {@link Completed}. */
public sealed interface Backup {
    BackupHead head();

    /** Waits for its workspace to be free. */
    record Requested(BackupHead head) implements Backup {
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
            return new Completed(head, archive, at);
        }

        public Failed fail(String reason, Instant at) {
            return new Failed(head, reason, at);
        }
    }

    record Completed(BackupHead head, StoredArchive archive, Instant verifiedAt) implements Backup {
        public Corrupted corrupt(String what, Instant at) {
            return new Corrupted(head, archive, what, at);
        }
    }

    /** Never became a backup; its objects are swept up. */
    record Failed(BackupHead head, String reason, Instant at) implements Backup {}

    /** Was a backup and is none any more; its objects stay for whoever looks into it. */
    record Corrupted(BackupHead head, StoredArchive archive, String what, Instant at) implements Backup {}
}
