package io.everstate.bot.document;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.everstate.bot.storage.FaultyStorage;
import io.everstate.bot.storage.FaultyStorage.Fault;
import io.everstate.bot.storage.ObjectStorage;
import io.everstate.contracts.bot.BotId;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that go to a real S3 storage, with a proxy before it that does wrong what it is told to. */
@QuarkusTest
@TestProfile(LargeDocumentsProfile.class)
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(value = FaultyStorage.class, restrictToAnnotatedClass = true)
class LargeDocumentsIT {
    private static final int LARGEST = 8 << 20;
    private static final byte[] SMALL = {1, 2, 3};

    private String bot = "";
    private String path = "";
    private String token = "";

    @BeforeEach
    void register() {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            var answer = as(TestIdentity.shared().token("operator"))
                    .contentType("application/json")
                    .body("{\"name\": \"saver\", \"system\": \"python\"}")
                    .post("/api/v1/external-bots");
            answer.then().statusCode(201);
            bot = answer.path("bot");
            path = "/api/v1/external-bots/" + bot + "/checkpoints";
            token = answer.path("token");
        });
    }

    @AfterEach
    void heal() throws Exception {
        fault(Fault.NONE);
    }

    @Test
    @Tag("EC3")
    void theNewestComesBackAsItWas() {
        save(SMALL);
        var content = bytes(LARGEST);

        var saved = save(content);

        saved.then()
                .statusCode(201)
                .body("size", is(LARGEST))
                .body("sha256", is(DocumentStore.sha256(content)))
                .header("Location", containsString(path + "/newest"));
        for (var reader : List.of(token, TestIdentity.shared().token("viewer"))) {
            var newest = as(reader).get(path + "/newest");
            newest.then()
                    .statusCode(200)
                    .contentType("application/x-model")
                    .header("ETag", "\"" + DocumentStore.sha256(content) + "\"")
                    .header("Content-Length", Integer.toString(LARGEST))
                    .header("Everstate-Sequence", saved.header("Everstate-Sequence"))
                    .header("X-Content-Type-Options", "nosniff");
            assertThat(newest.asByteArray()).isEqualTo(content);
        }
        as(token)
                .get(path)
                .then()
                .statusCode(200)
                .body("saved", is(2))
                .body("newest.document.size", is(LARGEST))
                .body("newest.document.sha256", is(DocumentStore.sha256(content)));
    }

    @Test
    void oneOfUnannouncedSizeIsTakenAsWell() throws IOException {
        var content = bytes(3 << 20);

        assertThat(chunked(content, content.length, true)).startsWith("HTTP/1.1 201");

        assertThat(as(token).get(path + "/newest").asByteArray()).isEqualTo(content);
    }

    @Test
    void oneByteTooManyIsRefusedInWordsAnnouncedOrNot() throws IOException {
        save(new byte[LARGEST + 1])
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("8388608"));
        assertThat(chunked(new byte[LARGEST + 1], LARGEST + 1, true))
                .startsWith("HTTP/1.1 413")
                .contains("8388608");

        requireNothingHappened();
    }

    @Test
    @Tag("EC3")
    void aRepetitionIsTheFirstAndAnotherDocumentUnderItsKeyAConflict() {
        var key = UUID.randomUUID().toString();
        var content = bytes(2 << 20);

        var first = keyed(key).body(content).post(path);
        var second = keyed(key).body(content).post(path);
        var other = keyed(key).body(bytes(3 << 20)).post(path);

        assertThat(second.jsonPath().getLong("sequence"))
                .isEqualTo(first.jsonPath().getLong("sequence"));
        other.then().statusCode(409).body("detail", containsString("another document"));
        assertThat(as(token).get(path + "/newest").asByteArray()).isEqualTo(content);
    }

    /** What is not sure to be in the storage is in no event; what needs no storage goes on. */
    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void nothingIsRecordedThatTheStorageDoesNotGiveBack(Fault fault) throws Exception {
        fault(fault);

        var answer = save(bytes(2 << 20));

        answer.then().statusCode(503).header("Retry-After", "1").body("type", is("urn:everstate:problem:unavailable"));
        report().then().statusCode(201);
        save(SMALL).then().statusCode(201);
        assertThat(as(token).get(path + "/newest").asByteArray()).isEqualTo(SMALL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ERRORS", "HANGS", "READS_HANG", "READS_ARE_CUT", "READS_ARE_FLIPPED", "READS_FIND_NOTHING"})
    void noWrongByteIsEverGivenBack(Fault fault) throws Exception {
        var content = bytes(2 << 20);
        save(content).then().statusCode(201);
        fault(fault);

        var answer = as(token).get(path + "/newest");

        var lost = fault == Fault.READS_ARE_FLIPPED || fault == Fault.READS_FIND_NOTHING;
        answer.then().statusCode(lost ? 422 : 503).contentType("application/problem+json");
        fault(Fault.NONE);
        assertThat(as(token).get(path + "/newest").asByteArray()).isEqualTo(content);
    }

    @Test
    void aWrongTokenReachesNoStorage() {
        var wrong = token.substring(0, token.length() - 4) + "AAAA";

        as(wrong).contentType("a/b").body(bytes(2 << 20)).post(path).then().statusCode(401);

        as(wrong).get(path).then().statusCode(401);
        as(wrong).get(path + "/newest").then().statusCode(401);
        requireNothingHappened();
    }

    /** The owner believes no reference: neither to another bot's bytes, nor to what was never stored, nor with another size. */
    @Test
    void whatWasNotStoredForThisBotCannotBeRecorded() {
        var own = "documents/" + bot + "/" + UUID.randomUUID() + "-" + "a".repeat(64);
        var strange = "documents/" + UUID.randomUUID() + "/" + UUID.randomUUID() + "-" + "a".repeat(64);

        refer(strange, "a".repeat(64), 5).then().statusCode(400).body("violations[0].field", is("object"));
        refer(own, "b".repeat(64), 5).then().statusCode(400).body("violations[0].field", is("object"));
        refer(own, "a".repeat(64), 5).then().statusCode(409);

        requireNothingHappened();
    }

    @Test
    void aBodyThatIsCutShortLeavesNothing() throws IOException {
        chunked(bytes(4 << 20), 3 << 20, false);
        announced(bytes(4 << 20), 3 << 20);

        report().then().statusCode(201);
        requireNothingHappened();
    }

    @Test
    void severalAtOnceAreOneAfterTheOtherInTheLog() throws Exception {
        var contents = List.of(bytes(2 << 20), bytes((2 << 20) + 1));
        var tasks = contents.stream()
                .<Callable<Response>>map(content -> () -> save(content))
                .toList();
        List<Future<Response>> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(tasks);
        }

        var sequences = new ArrayList<Long>();
        for (var answer : answers) {
            answer.get().then().statusCode(201);
            sequences.add(answer.get().jsonPath().getLong("sequence"));
        }
        var last = sequences.get(0) > sequences.get(1) ? 0 : 1;
        assertThat(as(token).get(path + "/newest").asByteArray()).isEqualTo(contents.get(last));
        as(token).get(path).then().body("saved", is(2));
    }

    @Test
    void whoLeavesInTheMiddleHoldsNoPlace() throws IOException {
        var content = bytes(LARGEST);
        save(content).then().statusCode(201);

        for (var i = 0; i < 4; i++) {
            try (var socket = socket()) {
                readTheBeginning(socket);
            }
        }

        requireGivenSoon(content);
    }

    @Test
    void whoStaysAndReadsNoFurtherHoldsNoPlaceForEver() throws IOException {
        var content = bytes(LARGEST);
        save(content).then().statusCode(201);
        try (var one = narrowSocket();
                var other = narrowSocket()) {
            readTheBeginning(one);
            readTheBeginning(other);
            as(token).get(path + "/newest").then().statusCode(503);

            requireGivenSoon(content);
        }
    }

    private void requireGivenSoon(byte[] content) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(as(token).get(path + "/newest").asByteArray())
                        .isEqualTo(content));
    }

    /** Above, as below, 1 MiB: who sends a byte now and then is not waited for any longer than others. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 2 << 20})
    void aSenderThatTricklesIsSentAwayInTime(int length) throws IOException {
        try (var socket = socket()) {
            var out = socket.getOutputStream();
            out.write((head("POST", path) + "Content-Length: " + length + "\r\n\r\n").getBytes(US_ASCII));

            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        out.write(1);
                        out.flush();
                        return socket.getInputStream().available() > 0;
                    });

            assertThat(socket.getInputStream().readNBytes(12)).isEqualTo("HTTP/1.1 503".getBytes(US_ASCII));
        }
    }

    @Test
    void slowSendersOfOneBotTakeNoPlaceOfAnother() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 8; i++) {
                slow.add(socket());
                slow.getLast()
                        .getOutputStream()
                        .write((head("POST", path) + "Content-Length: 1000\r\n\r\n").getBytes(US_ASCII));
            }
            await().untilAsserted(() -> save(SMALL).then().statusCode(503));

            register();

            save(SMALL).then().statusCode(201);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    /** More often than there are places: before, each left its own taken, and its file open. */
    @Test
    void aTypeThatIsNoneIsNeitherRecordedNorDoesItTakeAPlace() {
        save(bytes(2 << 20)).then().statusCode(201);
        var state = as(TestIdentity.shared().token("viewer"))
                .get("/api/v1/bots/" + bot)
                .asString();
        as(TestIdentity.shared().token("admin"))
                .contentType("application/json")
                .body("{\"state\": %s}".formatted(state.replace("application/x-model", "nonsense")))
                .post("/api/v1/bots/" + bot + "/restore")
                .then()
                .statusCode(200);

        for (var i = 0; i < 4; i++) {
            as(token).get(path + "/newest").then().statusCode(200).contentType("application/octet-stream");
        }

        var own = as(token).get(path).<String>path("newest.document.object");
        refer("nonsense", own, own.substring(own.length() - 64), 2 << 20)
                .then()
                .statusCode(400)
                .body("violations[0].field", is("contentType"));
    }

    @AfterEach
    void noFileIsLeft() throws IOException {
        try (var files = Files.list(Files.createDirectories(Path.of("target/directories/spool")))) {
            assertThat(files.toList()).isEmpty();
        }
    }

    /** Old ones are swept away while files of old states still name them. */
    @Test
    @Tag("EC3")
    void aStateWhoseDocumentIsGoneIsNotGoneBackTo() {
        var old = save(bytes(2 << 20)).header("Everstate-Sequence");
        var object = as(token).get(path).<String>path("newest.document.object");
        var admin = as(TestIdentity.shared().token("admin")).contentType("application/json");
        await().until(() -> admin.get("/api/v1/bots/" + bot + "/checkpoints")
                .jsonPath()
                .getList("items.sequence", String.class)
                .contains(old));
        var newest = save(SMALL).header("Everstate-Sequence");
        Arc.container().instance(ObjectStorage.class).get().delete(object);

        for (var query : List.of("", "?dryRun=true")) {
            admin.body("{\"sequence\": %s}".formatted(old))
                    .post("/api/v1/bots/" + bot + "/restore" + query)
                    .then()
                    .statusCode(422)
                    .body("detail", is("the document of event %s is not in the storage any more".formatted(old)));
        }

        as(token).get(path).then().body("newest.sequence", is(Integer.valueOf(newest)));
    }

    /** Whoever decided before the restore to sweep the old one away, and slept, deletes nothing that the state names. */
    @Test
    @Tag("EC3")
    void whatIsGoneBackToHasADocumentThatNobodyDecidedToSweepAway() {
        var content = bytes(2 << 20);
        var old = save(content).header("Everstate-Sequence");
        var object = as(token).get(path).<String>path("newest.document.object");
        await().until(() -> admin().get("/api/v1/bots/" + bot + "/checkpoints")
                .jsonPath()
                .getList("items.sequence", String.class)
                .contains(old));
        save(SMALL);
        var wanted = "{\"sequence\": %s}".formatted(old);
        admin().body(wanted)
                .post("/api/v1/bots/" + bot + "/restore?dryRun=true")
                .then()
                .statusCode(200);
        assertThat(stored()).containsExactly(object);

        admin().body(wanted).post("/api/v1/bots/" + bot + "/restore").then().statusCode(200);

        assertThat(stored()).hasSize(2).contains(object);
        Arc.container().instance(ObjectStorage.class).get().delete(object);
        assertThat(as(token).get(path + "/newest").asByteArray()).isEqualTo(content);
        as(token).get(path).then().body("newest.sequence", is(Integer.valueOf(old)));
    }

    private static RequestSpecification admin() {
        return as(TestIdentity.shared().token("admin")).contentType("application/json");
    }

    private void requireNothingHappened() {
        as(token).get(path).then().statusCode(200).body("saved", is(0));
        as(token).get(path + "/newest").then().statusCode(404);
        assertThat(stored()).isEmpty();
    }

    private List<String> stored() {
        var names = new ArrayList<String>();
        Arc.container()
                .instance(ObjectStorage.class)
                .get()
                .list("documents/" + BotId.of(bot), found -> names.add(found.name()));
        return names;
    }

    private Response refer(String object, String sha256, int size) {
        return refer("a/b", object, sha256, size);
    }

    private Response refer(String type, String object, String sha256, int size) {
        return as(token)
                .contentType("application/json")
                .body("""
                {"contentType": "%s", "sha256": "%s", "size": %d, "object": "%s"}
                """.formatted(type, sha256, size, object))
                .post(path + "/stored");
    }

    private Response report() {
        return as(token).contentType("application/json").body("""
                {"type": "MESSAGE", "content": "still here"}
                """).post("/api/v1/external-bots/" + bot + "/events");
    }

    private Response save(byte[] content) {
        return as(token).contentType("application/x-model").body(content).post(path);
    }

    private RequestSpecification keyed(String key) {
        return as(token).header("Idempotency-Key", key).contentType("a/b");
    }

    /** Sends so many bytes of the content in chunks, then the end if it is one; returns what is answered. */
    private String chunked(byte[] content, int length, boolean ends) throws IOException {
        try (var socket = socket()) {
            var out = socket.getOutputStream();
            out.write((head("POST", path) + "Transfer-Encoding: chunked\r\n\r\n").getBytes(US_ASCII));
            for (var from = 0; from < length; from += 1 << 16) {
                var count = Math.min(1 << 16, length - from);
                out.write((Integer.toHexString(count) + "\r\n").getBytes(US_ASCII));
                out.write(content, from, count);
                out.write("\r\n".getBytes(US_ASCII));
            }
            out.write((ends ? "0\r\n\r\n" : "").getBytes(US_ASCII));
            out.flush();
            return ends ? answer(socket) : "";
        }
    }

    private void announced(byte[] content, int length) throws IOException {
        try (var socket = socket()) {
            var out = socket.getOutputStream();
            out.write((head("POST", path) + "Content-Length: " + content.length + "\r\n\r\n").getBytes(US_ASCII));
            out.write(content, 0, length);
            out.flush();
        }
    }

    private void readTheBeginning(Socket socket) throws IOException {
        socket.getOutputStream().write((head("GET", path + "/newest") + "\r\n").getBytes(US_ASCII));
        assertThat(socket.getInputStream().readNBytes(1000)).startsWith("HTTP/1.1 200".getBytes(US_ASCII));
    }

    /** Whose buffers do not take a whole document. */
    private static Socket narrowSocket() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(1 << 12);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static Socket socket() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        var text = new StringBuilder();
        var in = socket.getInputStream();
        for (var next = in.read(); next >= 0 && text.indexOf("}") < 0; next = in.read()) {
            text.append((char) next);
        }
        return text.toString();
    }

    private String head(String method, String address) {
        return method + " " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: a/b\r\nAuthorization: Bearer " + token + "\r\n";
    }

    private static void fault(Fault fault) throws Exception {
        FaultyStorage.fault(
                URI.create(ConfigProvider.getConfig().getValue("everstate.storage.endpoint", String.class)), fault);
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }
}
