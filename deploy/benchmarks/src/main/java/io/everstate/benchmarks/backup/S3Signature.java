package io.everstate.benchmarks.backup;

import io.everstate.platform.launcher.ObjectStorage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS signature version 4 of requests whose body is not part of it: what is measured is the storage and not another SHA-256. */
final class S3Signature {

    private static final String REGION = "us-east-1";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String SIGNED_HEADERS = "host;x-amz-content-sha256;x-amz-date";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final int DATE_LENGTH = 8;

    private final ObjectStorage storage;
    private final Clock clock = Clock.systemUTC();

    S3Signature(ObjectStorage storage) {
        this.storage = storage;
    }

    /** @param query sorted, and encoded as in the address */
    HttpRequest.Builder signed(String method, String path, String query) {
        URI endpoint = storage.endpoint();
        String time = TIME.format(ZonedDateTime.now(clock).withZoneSameInstant(ZoneOffset.UTC));
        String scope = time.substring(0, DATE_LENGTH) + "/" + REGION + "/s3/aws4_request";
        String canonical = String.join(
                "\n",
                method,
                path,
                query,
                "host:" + endpoint.getAuthority(),
                "x-amz-content-sha256:" + UNSIGNED,
                "x-amz-date:" + time,
                "",
                SIGNED_HEADERS,
                UNSIGNED);
        String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(canonical)));
        String signature = hex(hmac(key(time.substring(0, DATE_LENGTH)), toSign));
        String address = endpoint.getScheme() + "://" + endpoint.getAuthority() + path;
        return HttpRequest.newBuilder(URI.create(query.isEmpty() ? address : address + "?" + query))
                .header("x-amz-content-sha256", UNSIGNED)
                .header("x-amz-date", time)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + storage.accessKey() + "/" + scope + ", SignedHeaders="
                                + SIGNED_HEADERS + ", Signature=" + signature);
    }

    private byte[] key(String date) {
        byte[] key = ("AWS4" + storage.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {date, REGION, "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
