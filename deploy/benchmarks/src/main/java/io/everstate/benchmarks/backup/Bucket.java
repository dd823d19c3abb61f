package io.everstate.benchmarks.backup;

import io.everstate.platform.launcher.ObjectStorage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** A bucket by the JDK's HTTP client and nothing around it: as fast as the storage takes and gives bytes. */
final class Bucket {

    private static final int PART = 16 << 20;
    private static final int CONFLICT = 409;
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");
    private static final Pattern OBJECT = Pattern.compile("<Key>([^<]+)</Key>.*?<Size>(\\d+)</Size>");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final S3Signature signature;
    private final String name;

    Bucket(ObjectStorage storage, String name) {
        this.signature = new S3Signature(storage);
        this.name = name;
    }

    /** @param name without characters that an address has to encode */
    private record Listed(String name, long bytes) {}

    /** Makes it where it is missing. */
    void make() throws InterruptedException {
        HttpResponse<String> answer = send(signature
                .signed("PUT", "/" + name, "")
                .PUT(BodyPublishers.noBody())
                .build());
        if (answer.statusCode() / 100 != 2 && answer.statusCode() != CONFLICT) {
            throw refused(answer);
        }
    }

    /** One object by one request. */
    void put(String object, BodyPublisher content) throws InterruptedException {
        checked(send(signature.signed("PUT", path(object), "").PUT(content).build()));
    }

    /** One object in parts of 16 MiB, of which the one before is sent while the next is read. */
    void upload(String object, InputStream content) throws IOException, InterruptedException {
        String id = begun(object);
        List<String> tags = new ArrayList<>();
        CompletableFuture<HttpResponse<String>> before = new CompletableFuture<>();
        boolean any = false;
        for (byte[] part = content.readNBytes(PART); part.length > 0 || !any; part = content.readNBytes(PART)) {
            if (any) {
                tags.add(tag(before.join()));
            }
            any = true;
            String query = "partNumber=" + (tags.size() + 1) + "&uploadId=" + id;
            before = http.sendAsync(
                    signature
                            .signed("PUT", path(object), query)
                            .PUT(BodyPublishers.ofByteArray(part))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        tags.add(tag(before.join()));
        complete(object, id, tags);
    }

    private String begun(String object) throws InterruptedException {
        String answer = checked(send(signature
                .signed("POST", path(object), "uploads=")
                .POST(BodyPublishers.noBody())
                .build()));
        return UPLOAD_ID
                .matcher(answer)
                .results()
                .findFirst()
                .map(match -> encoded(match.group(1)))
                .orElseThrow(() -> new IllegalStateException("no upload was begun: " + answer));
    }

    private static String tag(HttpResponse<String> answer) {
        checked(answer);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private void complete(String object, String id, List<String> tags) throws InterruptedException {
        StringBuilder parts = new StringBuilder("<CompleteMultipartUpload>");
        for (int number = 1; number <= tags.size(); number++) {
            parts.append("<Part><PartNumber>")
                    .append(number)
                    .append("</PartNumber><ETag>")
                    .append(tags.get(number - 1))
                    .append("</ETag></Part>");
        }
        parts.append("</CompleteMultipartUpload>");
        String answer = checked(send(signature
                .signed("POST", path(object), "uploadId=" + id)
                .POST(BodyPublishers.ofString(parts.toString()))
                .build()));
        if (answer.contains("<Error>")) {
            throw new IllegalStateException("the upload was not completed: " + answer);
        }
    }

    void get(String object, OutputStream target) throws IOException, InterruptedException {
        HttpRequest request = signature.signed("GET", path(object), "").GET().build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream content = answer.body()) {
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(request.uri() + ": " + answer.statusCode());
            }
            content.transferTo(target);
        }
    }

    /** How many bytes the objects have whose names begin so. */
    long bytes(String prefix) throws InterruptedException {
        return listed(prefix).stream().mapToLong(Listed::bytes).sum();
    }

    /** Removes every object. */
    void empty() throws InterruptedException {
        for (Listed object : listed("")) {
            checked(send(
                    signature.signed("DELETE", path(object.name()), "").DELETE().build()));
        }
    }

    private List<Listed> listed(String prefix) throws InterruptedException {
        List<Listed> found = new ArrayList<>();
        for (String after = ""; ; after = found.getLast().name()) {
            String query = "list-type=2&prefix=" + encoded(prefix) + "&start-after=" + encoded(after);
            String answer = checked(
                    send(signature.signed("GET", "/" + name, query).GET().build()));
            List<Listed> page = OBJECT.matcher(answer)
                    .results()
                    .map(match -> new Listed(match.group(1), Long.parseLong(match.group(2))))
                    .toList();
            if (page.isEmpty()) {
                return found;
            }
            found.addAll(page);
        }
    }

    private String path(String object) {
        return "/" + name + "/" + object;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(request.uri() + " cannot be asked", e);
        }
    }

    private static String checked(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer);
        }
        return answer.body();
    }

    private static IllegalStateException refused(HttpResponse<String> answer) {
        return new IllegalStateException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
}
