package io.everstate.backup.upkeep;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/**
 * Reports of what ended: verifications with what they found, dry runs with their differences, comparisons of the bucket and checks of seals with theirs. Nothing
 * decides by those that go: the newest verification of each backup, by which the next one is due, the newest comparison and check stay however old,
 * and so does what is still swept.
 */
@Singleton
class OldRecords {
    /** A dry run or a comparison may have a million paths: one at a time. */
    private static final List<String> REMOVALS = List.of("""
            delete from verification where id in (
                select v.id from verification v
                 where v.finished_at < :before
                   and exists (select 1 from verification later
                                where later.workspace = v.workspace and later.backup_id is not distinct from v.backup_id and later.id > v.id)
                 order by v.id limit 100)""", """
            delete from restore where id in (
                select id from restore
                 where finished_at < :before and (cast(options as jsonb) ->> 'dryRun')::boolean
                 order by id limit 1)""", """
            with old as (
                select c.id from bucket_comparison c
                 where c.finished_at < :before and c.sweep is distinct from 'RUNNING'
                   and exists (select 1 from bucket_comparison later where later.id > c.id and later.status = 'COMPLETED')
                 order by c.id limit 1),
            differences as (delete from bucket_difference where comparison_id in (select id from old))
            delete from bucket_comparison where id in (select id from old)""", """
            delete from seal_check where id in (
                select c.id from seal_check c
                 where c.finished_at < :before
                   and exists (select 1 from seal_check later
                                where later.workspace = c.workspace and later.id > c.id and later.status = 'COMPLETED')
                 order by c.id limit 100)""");

    private final EntityManager entities;

    OldRecords(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Removes some of those that ended before that time.
     *
     * @return whether there may be more
     */
    @Transactional
    boolean remove(Instant before) {
        return REMOVALS.stream()
                        .mapToInt(removal -> entities.createNativeQuery(removal)
                                .setParameter("before", before)
                                .executeUpdate())
                        .sum()
                > 0;
    }
}
