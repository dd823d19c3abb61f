package io.everstate.platform.testkit.containers;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.launcher.Platform;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks the parts of a platform from outside, as their clients do. */
record Probes(Platform platform) {

    private static final int TIMEOUT_SECONDS = 2;

    boolean answers(Part part) {
        return switch (part) {
            case KAFKA -> kafkaAnswers();
            case POSTGRES -> postgresAnswers();
            case S3 -> s3Answers();
        };
    }

    void createDatabases(String... names) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String name : names) {
                statement.execute("CREATE DATABASE " + name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the databases cannot be created", e);
        }
    }

    private boolean kafkaAnswers() {
        int millis = TIMEOUT_SECONDS * 1000;
        Map<String, Object> configuration = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                platform.kafka(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                millis,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                millis);
        try (Admin admin = Admin.create(configuration)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean postgresAnswers() {
        try (Connection connection = connect()) {
            return connection.isValid(TIMEOUT_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** An anonymous request is refused by a store that works. */
    private boolean s3Answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) platform.storage().endpoint().toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_SECONDS * 1000);
            connection.setReadTimeout(TIMEOUT_SECONDS * 1000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
        } catch (IOException e) {
            return false;
        }
    }

    private Connection connect() throws SQLException {
        Database database = platform.database("postgres");
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("loginTimeout", Integer.toString(TIMEOUT_SECONDS));
        return DriverManager.getConnection(database.url(), properties);
    }
}
