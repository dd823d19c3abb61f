package io.everstate.state;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.platform.Transactions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A database of its own on the test platform. */
public record TestDatabase(Database database) {
    private static final AtomicInteger COPIES = new AtomicInteger();

    /** Empty, as a service finds it at its first start. */
    public static TestDatabase empty() {
        return new TestDatabase(TestPlatform.shared().newDatabase());
    }

    /** With the service's tables. A copy of one that was migrated, which is made once: as fast as an empty one. */
    public static TestDatabase withTables() {
        return Migrated.TEMPLATE.copy();
    }

    private static final class Migrated {
        static final TestDatabase TEMPLATE = empty().migrated();
    }

    /** With the service's tables, whatever it held before. */
    public TestDatabase migrated() {
        flyway().load().migrate();
        return this;
    }

    /** With the tables as they were up to this migration. */
    public TestDatabase migratedTo(String version) {
        flyway().target(version).load().migrate();
        return this;
    }

    /** Another database that holds what this one does now, as a standby does that got nothing more. Nobody may be connected to this one. */
    public TestDatabase copy() {
        var platform = TestPlatform.shared();
        var from = database.url().substring(database.url().lastIndexOf('/') + 1);
        var to = "%s_copy_%d".formatted(from, COPIES.incrementAndGet());
        try (var connection = new TestDatabase(platform.database("postgres"))
                        .connections()
                        .getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database %s template %s".formatted(to, from));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new TestDatabase(platform.database(to));
    }

    public Transactions transactions() {
        return new Transactions(connections());
    }

    public DataSource connections() {
        return flyway().getDataSource();
    }

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(database.url(), database.user(), database.password());
    }

    /** What a service process needs to use this database and that log. */
    public Map<String, String> configuration(TestLog log) {
        var configuration = configuration(log.topic());
        configuration.put("kafka.bootstrap.servers", log.kafka());
        return configuration;
    }

    public Map<String, String> configuration(String topic) {
        var configuration = new HashMap<>(TestPlatform.shared().configuration());
        configuration.put("quarkus.datasource.jdbc.url", database.url());
        configuration.put("quarkus.datasource.username", database.user());
        configuration.put("quarkus.datasource.password", database.password());
        configuration.put("everstate.log.topic", topic);
        configuration.put("everstate.projection.group", "group-" + topic);
        return configuration;
    }
}
