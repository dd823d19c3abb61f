package io.everstate.state.rebuild;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.view.RebuildView;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.StateApi;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;

/** Rebuilds as an operator and an admin ask for them. */
record RebuildApi(ServiceProcess process) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PATH = "/api/v1/rebuilds";

    private StateApi state() {
        return new StateApi(process);
    }

    String begin() {
        return state().post(PATH, "{\"reason\":\"test\"}")
                .statusCode(202)
                .extract()
                .as(RebuildView.class)
                .id()
                .toString();
    }

    RebuildView find(String id) {
        return state().get(PATH + "/" + id).statusCode(200).extract().as(RebuildView.class);
    }

    ValidatableResponse get(String path) {
        return state().get(PATH + path);
    }

    ValidatableResponse post(String path, String body) {
        return state().post(PATH + path, body);
    }

    ValidatableResponse asAdmin(String path, String body) {
        return given().auth()
                .oauth2(TestIdentity.shared().tokenFor("ada", "viewer", "operator", "admin"))
                .contentType("application/json")
                .body(body)
                .post(process.url().resolve(PATH + path))
                .then();
    }

    RebuildView awaitStatus(String id, String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(find(id).status()).isEqualTo(status));
        return find(id);
    }

    /** Begins one and has it take the first one's place. */
    String switched() {
        var id = begin();
        assertThat(awaitStatus(id, "COMPARED").differences()).isZero();
        post("/" + id + "/switch", "{}").statusCode(202);
        awaitStatus(id, "SWITCHED");
        return id;
    }
}
