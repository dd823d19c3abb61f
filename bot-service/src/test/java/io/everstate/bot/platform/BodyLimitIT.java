package io.everstate.bot.platform;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.fleet.BotServiceProfile;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that no call takes, sent over a plain socket: the announced and the unannounced. */
@QuarkusTest
@TestProfile(BotServiceProfile.class)
@QuarkusTestResource(PlatformResource.class)
class BodyLimitIT {
    private static final int TEN_MEGABYTES = 10 << 20;
    private static final String NOBODY = "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11";

    /** There a body needs neither of the two headers by which it is bounded. */
    @Test
    void http2IsNotSpoken() throws Exception {
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/api/v1/strategies"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/bots",
        "POST, /api/v1/bots/actions",
        "PUT, /api/v1/bots/" + NOBODY + "/configuration",
        "POST, /api/v1/bots/" + NOBODY + "/start",
        "POST, /api/v1/external-bots",
        "PUT, /api/v1/external-bots/" + NOBODY + "/configuration",
        "POST, /api/v1/external-bots/" + NOBODY + "/token",
    })
    void tenAnnouncedMegabytesAreRefusedInWords(String method, String path) throws IOException {
        var answer = send(head(method, path) + "Content-Length: " + TEN_MEGABYTES + "\r\n\r\n", false);

        assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json", "1048576");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/bots",
        "POST, /api/v1/bots/actions",
        "PUT, /api/v1/bots/" + NOBODY + "/configuration",
        "POST, /api/v1/external-bots",
        "PUT, /api/v1/external-bots/" + NOBODY + "/configuration",
    })
    void whatTurnsOutToBeTooLargeIsRefusedInWords(String method, String path) throws IOException {
        var answer = send(head(method, path) + "Transfer-Encoding: chunked\r\n\r\n", true);

        assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json", "1048576");
    }

    private static String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAuthorization: Bearer "
                + TestIdentity.shared().token("operator") + "\r\n";
    }

    /** Sends until the service has had enough, then reads what it says. */
    private String send(String head, boolean chunked) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(5_000);
            var out = socket.getOutputStream();
            out.write(head.getBytes(US_ASCII));
            if (chunked) {
                sendChunks(socket);
            }
            out.flush();
            return answer(socket.getInputStream());
        }
    }

    /** The connection stays open behind it: the service still expects the rest of the body. */
    private static String answer(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append((char) in.read());
        }
        var length = Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE)
                .matcher(text);
        assertThat(length.find()).as("%s", text).isTrue();
        return text + new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8);
    }

    /** One text that never ends, a little more than what is allowed. */
    private static void sendChunks(Socket socket) throws IOException {
        var chunk = new byte[1 << 16];
        Arrays.fill(chunk, (byte) 'x');
        var out = socket.getOutputStream();
        out.write("9\r\n{\"name\":\"\r\n".getBytes(US_ASCII));
        for (var sent = 0; sent <= (1 << 20); sent += chunk.length) {
            out.write("10000\r\n".getBytes(US_ASCII));
            out.write(chunk);
            out.write("\r\n".getBytes(US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(US_ASCII));
        out.flush();
    }
}
