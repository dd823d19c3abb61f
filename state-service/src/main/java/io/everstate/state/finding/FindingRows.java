package io.everstate.state.finding;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.platform.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Findings in the transaction of whoever found them. Nothing found is no statement. */
public final class FindingRows {
    /** The bot of a finding that concerns none. */
    private static final UUID NOBODY = new UUID(0, 0);

    private static final String WRITE = """
        insert into state_validation_results
            (kind, topic_id, partition, record_offset, bot, occasion, sequence, happened_at, findings, valid, validated_at)
        select f.kind, f.topic_id, f.partition, f.record_offset, f.bot, f.occasion, f.sequence,
               to_timestamp(f.happened_at / 1000.0), f.findings, false, now()
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            as f (kind, topic_id, partition, record_offset, bot, occasion, sequence, happened_at, findings)
        on conflict (topic_id, partition, kind, bot, occasion) where kind <> 'SNAPSHOT' do nothing
        returning kind, topic_id, partition, bot, occasion\
        """;

    // the index is one of kinds but SNAPSHOT; who does not say so reads the whole table
    private static final String HEAL = """
        update state_validation_results r set healed_at = to_timestamp(h.at / 1000.0)
        from unnest(?, ?, ?, ?, ?, ?) as h (kind, bot, topic_id, record_offset, at, whole)
        where r.kind = h.kind and r.kind <> 'SNAPSHOT' and r.bot = h.bot and r.healed_at is null
          and (h.whole or r.topic_id <> h.topic_id or r.record_offset <= h.record_offset)\
        """;

    private static final String OPEN = """
        select bot, max(case when topic_id = ? then record_offset else -1 end) as last from state_validation_results
        where partition = ? and kind = ? and kind <> 'SNAPSHOT' and healed_at is null group by bot\
        """;

    private FindingRows() {}

    private record Identity(String kind, String topicId, int partition, UUID bot, long occasion) {
        static Identity of(Finding finding) {
            return new Identity(
                    finding.kind().name(),
                    finding.place().topicId(),
                    finding.place().partition(),
                    botOf(finding),
                    finding.occasion());
        }
    }

    private static UUID botOf(Finding finding) {
        return finding.bot() == null ? NOBODY : finding.bot().value();
    }

    /** @return those that were not known */
    public static List<Finding> write(Connection connection, List<Finding> findings) throws SQLException {
        if (findings.isEmpty()) {
            return List.of();
        }
        try (var statement = connection.prepareStatement(WRITE)) {
            var columns = new Columns<>(connection, statement, findings);
            columns.texts(finding -> finding.kind().name());
            columns.texts(finding -> finding.place().topicId());
            columns.add("int4", finding -> finding.place().partition(), Integer[]::new);
            columns.longs(finding -> finding.place().offset());
            columns.add("uuid", FindingRows::botOf, UUID[]::new);
            columns.longs(Finding::occasion);
            columns.longs(Finding::sequence);
            columns.longs(finding -> within(finding.at()));
            columns.texts(Finding::text);
            var written = new HashSet<Identity>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    written.add(new Identity(
                            rows.getString("kind"),
                            rows.getString("topic_id"),
                            rows.getInt("partition"),
                            rows.getObject("bot", UUID.class),
                            rows.getLong("occasion")));
                }
            }
            return findings.stream()
                    .filter(finding -> written.remove(Identity.of(finding)))
                    .toList();
        }
    }

    /** A record's time is its writer's word, and a database's times end sooner than the wire's. */
    private static long within(Instant at) {
        return Math.clamp(at.toEpochMilli(), 0L, 253_402_300_799_999L);
    }

    /** Ends what was found before, and writes what is found now, as far as it is not over too. */
    public static List<Finding> write(Connection connection, List<Finding> found, List<Healing> healed)
            throws SQLException {
        heal(connection, healed.stream().filter(Healing::all).toList(), true);
        var news = write(connection, found);
        heal(connection, healed, false);
        return news;
    }

    /** @param before whether what the records of this batch show is not there yet */
    private static void heal(Connection connection, List<Healing> healed, boolean before) throws SQLException {
        if (healed.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(HEAL)) {
            var columns = new Columns<>(connection, statement, healed);
            columns.texts(healing -> healing.kind().name());
            columns.add("uuid", healing -> healing.bot().value(), UUID[]::new);
            columns.texts(healing -> healing.place().topicId());
            columns.longs(healing -> healing.place().offset());
            columns.longs(healing -> within(healing.at()));
            columns.add("bool", _ -> before, Boolean[]::new);
            statement.executeUpdate();
        }
    }

    /** Bots of a partition of which something of this kind is not healed, with the last offset of this topic at which it was found; -1 in another. */
    public static Map<BotId, Long> open(Connection connection, int partition, String topicId, FindingKind kind)
            throws SQLException {
        try (var statement = connection.prepareStatement(OPEN)) {
            statement.setString(1, topicId);
            statement.setInt(2, partition);
            statement.setString(3, kind.name());
            var bots = new HashMap<BotId, Long>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    bots.put(new BotId(rows.getObject("bot", UUID.class)), rows.getLong("last"));
                }
            }
            return Map.copyOf(bots);
        }
    }
}
