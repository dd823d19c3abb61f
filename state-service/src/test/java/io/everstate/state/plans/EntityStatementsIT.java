package io.everstate.state.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The statements that Hibernate makes, which stand in no class: taken from the log of a process that does everything with snapshots. */
class EntityStatementsIT {
    private static final Pattern STATEMENT = Pattern.compile("^\\[Hibernate] (.*)");
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[;\\d]*m");

    @Test
    void noneReadsAllRowsOfATableThatGrows() throws IOException, SQLException {
        var database = FilledTables.filled(1_000);
        try (var log = TestLog.fresh(1);
                var process = ServiceProcess.of("state-service")
                        .configuration(database.configuration(log))
                        .set("quarkus.hibernate-orm.log.sql", true)
                        .set("quarkus.hibernate-orm.log.format-sql", false)
                        .start()) {
            var api = new StateApi(process);
            var full = api.post("/api/v1/snapshots", "{\"kind\":\"FULL\"}")
                    .statusCode(201)
                    .extract()
                    .jsonPath()
                    .getString("id");
            api.post("/api/v1/snapshots", "{\"kind\":\"INCREMENTAL\"}").statusCode(201);
            api.get("/api/v1/snapshots").statusCode(200);
            api.get("/api/v1/snapshots/" + full).statusCode(200);
            api.get("/api/v1/snapshots/" + full + "/content").statusCode(200);
            api.post("/api/v1/snapshots/" + full + "/validation", "").statusCode(200);
            api.get("/api/v1/snapshots/retention").statusCode(200);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(statements(process)).hasSizeGreaterThan(4));
            for (var sql : statements(process)) {
                assertThat(Plan.of(database, sql, Map.of()).readsAll())
                        .as(sql)
                        .doesNotContainAnyElementsOf(FilledTables.GROWING);
            }
        }
    }

    private static Set<String> statements(ServiceProcess process) throws IOException {
        return Files.readString(process.log())
                .lines()
                .map(line -> STATEMENT.matcher(COLOUR.matcher(line).replaceAll("")))
                .flatMap(matcher -> matcher.results())
                .map(found -> found.group(1))
                .filter(sql -> sql.matches("(select|insert|update|delete) .*"))
                .collect(Collectors.toSet());
    }
}
