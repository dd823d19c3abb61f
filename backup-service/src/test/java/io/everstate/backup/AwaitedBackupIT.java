package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;

import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A backup that somebody waits for before a change. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
@Tag("SF12")
class AwaitedBackupIT {
    private final String key = UUID.randomUUID().toString();
    private ScratchWorkspace workspace;

    @BeforeEach
    void freshWorkspace() {
        workspace = ScratchWorkspace.anew(Path.of(setting("everstate.workspaces.default.directory")));
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private ValidatableResponse take(String kind, String wait) {
        return take(kind, Map.of("wait", wait));
    }

    private ValidatableResponse take(String kind, Map<String, String> query) {
        return given().auth()
                .oauth2(TestIdentity.shared().token("operator"))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body("{\"workspace\":\"default\",\"kind\":\"" + kind + "\",\"description\":\"before a change\"}")
                .queryParams(query)
                .post("/api/v1/backups")
                .then();
    }

    @Test
    void isAnsweredWhenItWasReadBackAndTheSameAgain() {
        var id = take("STATE_ONLY", "60")
                .statusCode(200)
                .body("status", equalTo("COMPLETED"))
                .body("verifiedAt", notNullValue())
                .extract()
                .<String>path("id");

        take("STATE_ONLY", "60").statusCode(200).body("id", equalTo(id));
        take("STATE_ONLY", "0").statusCode(400);
    }

    /** Who asks again with the same key waits for the one that goes on, or sees without a wait whether it does. */
    @Test
    void saysInTimeThatItIsNotOverAndCanBeWaitedForAgain() {
        tellStateService("away");
        take("STATE_ONLY", "1").statusCode(503).body("detail", containsString("after 1 s, and goes on"));
        take("STATE_ONLY", Map.of()).statusCode(202).body("status", oneOf("REQUESTED", "RUNNING"));
        tellStateService("back");

        take("STATE_ONLY", "60").statusCode(200).body("status", equalTo("COMPLETED"));
    }

    private static void tellStateService(String what) {
        given().put(setting("everstate.peers.state-service") + "/" + what)
                .then()
                .statusCode(204);
    }

    @Test
    void saysWhyThereIsNone() throws IOException {
        var away = workspace.root().resolveSibling("away");
        Files.move(workspace.root(), away);
        try {
            take("CONFIG_ONLY", "60").statusCode(503).body("detail", containsString("is FAILED: the directory of"));
        } finally {
            Files.move(away, workspace.root());
        }
    }
}
