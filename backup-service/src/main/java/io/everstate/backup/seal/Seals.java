package io.everstate.backup.seal;

import io.everstate.backup.seal.Seal.Act;
import io.everstate.backup.seal.Seal.SealedBackup;
import io.everstate.contracts.backup.SealHead;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * The chains in the database. The row that says where a chain ends is held until what is added to it is committed, by whoever adds: of two replicas one
 * comes behind the other, and a chain cannot fork.
 */
@Singleton
public class Seals {
    private static final String BEGIN =
            "insert into seal_chain (workspace, number) values (?1, 0) on conflict (workspace) do nothing";
    private static final String END = "select number, sha256 from seal_chain where workspace = ?1";
    private static final String MOVE =
            "update seal_chain set number = ?2, sha256 = ?3 where workspace = ?1 and number < ?2";
    private static final String ADD = """
            insert into seal (workspace, number, sha256, act, backup_id, content, stored) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)""";
    private static final String OF_BACKUP =
            "select content, stored from seal where backup_id = ?1 and act = ?2 order by number";
    private static final String OF_WORKSPACE = "select content, stored from seal where workspace = ?1 order by number";
    private static final String WAITING = """
            select content, stored from seal where not stored and (workspace, number) > (?1, ?2)
             order by workspace, number limit ?3""";

    private final Session session;
    private final SealFile file;
    private final Clock clock;

    Seals(Session session, SealFile file, Clock clock) {
        this.session = session;
        this.file = file;
        this.clock = clock;
    }

    /** Where a chain ends: with the number 0 and no hash where there is none. */
    record End(String workspace, long number, @Nullable String sha256) {}

    /** Says that a backup is there. Of one that is said to be there already it is the seal that says so. */
    @Transactional(TxType.MANDATORY)
    public StoredSeal stored(String workspace, SealedBackup backup) {
        var end = held(workspace);
        return of(backup.id(), Act.STORED).orElseGet(() -> append(end, Act.STORED, backup, null));
    }

    /** Says in the transaction that gives a backup up that its objects may be gone; nothing of one that never was said to be there. */
    @Transactional(TxType.MANDATORY)
    public void removed(String workspace, UUID backup, String why) {
        var end = held(workspace);
        var stored = of(backup, Act.STORED);
        if (stored.isPresent() && of(backup, Act.REMOVED).isEmpty()) {
            append(end, Act.REMOVED, stored.get().seal().backup(), why);
        }
    }

    /** Nobody else adds to that chain before this transaction has ended. */
    @Transactional(TxType.MANDATORY)
    public void hold(String workspace) {
        held(workspace);
    }

    /**
     * Adds what the bucket has and the catalogue does not know, between and behind its seals; numbers may be missing. What we say next comes behind the highest.
     *
     * @param known the numbers that there were when the bucket was looked at: nothing is added when there are others by now
     * @param found with other numbers than those, in their order
     */
    @Transactional
    boolean takeUp(String workspace, Set<Long> known, List<StoredSeal> found) {
        held(workspace);
        var unchanged = numbers(workspace).equals(known);
        if (unchanged) {
            found.forEach(seal -> add(seal, true));
        }
        return unchanged;
    }

    /** Of all seals of a workspace. Some are missing where they were in the bucket too when it was taken up. */
    @Transactional
    Set<Long> numbers(String workspace) {
        return session.createNativeQuery("select number from seal where workspace = ?1", Long.class)
                .setParameter(1, workspace)
                .getResultStream()
                .collect(Collectors.toSet());
    }

    private End held(String workspace) {
        session.createNativeMutationQuery(BEGIN).setParameter(1, workspace).executeUpdate();
        return end(workspace, END + " for update");
    }

    private End end(String workspace, String query) {
        var row = session.createNativeQuery(query, Tuple.class)
                .setParameter(1, workspace)
                .getSingleResultOrNull();
        return row == null
                ? new End(workspace, 0, null)
                : new End(workspace, row.get(0, Number.class).longValue(), row.get(1, String.class));
    }

    private StoredSeal append(End end, Act act, SealedBackup backup, @Nullable String why) {
        var next = file.write(new Seal(
                Seal.FORMAT_VERSION,
                end.workspace(),
                end.number() + 1,
                end.sha256(),
                act,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                backup,
                why));
        add(next, false);
        return next;
    }

    private void add(StoredSeal next, boolean inBucket) {
        var seal = next.seal();
        session.createNativeMutationQuery(ADD)
                .setParameter(1, seal.workspace())
                .setParameter(2, seal.number())
                .setParameter(3, next.sha256())
                .setParameter(4, seal.act().name())
                .setParameter(5, seal.backup().id())
                .setParameter(6, next.bytes())
                .setParameter(7, inBucket)
                .executeUpdate();
        session.createNativeMutationQuery(MOVE)
                .setParameter(1, seal.workspace())
                .setParameter(2, seal.number())
                .setParameter(3, next.sha256())
                .executeUpdate();
    }

    /** What the chain says of a backup; empty when it says no such thing. */
    @Transactional
    public Optional<StoredSeal> of(UUID backup, Act act) {
        return session.createNativeQuery(OF_BACKUP, Tuple.class)
                .setParameter(1, backup)
                .setParameter(2, act.name())
                .getResultStream()
                .map(this::known)
                .map(KnownSeal::stored)
                .findFirst();
    }

    /** The newest seal of a workspace. */
    @Transactional
    public Optional<SealHead> head(String workspace) {
        var end = end(workspace, END);
        return Optional.ofNullable(end.sha256()).map(sha256 -> new SealHead(end.number(), sha256));
    }

    /** The whole chain, from its beginning. */
    @Transactional
    public List<KnownSeal> all(String workspace) {
        return session.createNativeQuery(OF_WORKSPACE, Tuple.class)
                .setParameter(1, workspace)
                .getResultStream()
                .map(this::known)
                .toList();
    }

    /** Seals that the bucket does not have yet, each workspace's in their order, from behind that one on. */
    @Transactional
    List<StoredSeal> waiting(String workspace, long number, int limit) {
        return session.createNativeQuery(WAITING, Tuple.class)
                .setParameter(1, workspace)
                .setParameter(2, number)
                .setParameter(3, limit)
                .getResultStream()
                .map(this::known)
                .map(KnownSeal::stored)
                .toList();
    }

    @Transactional
    public long waiting(String workspace) {
        return session.createNativeQuery("select count(*) from seal where workspace = ?1 and not stored", Long.class)
                .setParameter(1, workspace)
                .getSingleResult();
    }

    @Transactional
    void inBucket(StoredSeal seal) {
        session.createNativeMutationQuery("update seal set stored = true where sha256 = ?1")
                .setParameter(1, seal.sha256())
                .executeUpdate();
    }

    private KnownSeal known(Tuple row) {
        return new KnownSeal(file.known(row.get(0, byte[].class)), row.get(1, Boolean.class));
    }
}
