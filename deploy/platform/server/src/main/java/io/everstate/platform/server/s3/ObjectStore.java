package io.everstate.platform.server.s3;

import io.everstate.platform.server.part.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/** S3Proxy on a directory: one directory a bucket, one file an object. */
public final class ObjectStore implements Part {

    private static final int TIMEOUT_MILLIS = 2_000;
    /** S3Proxy holds a signed body in memory until its hash is checked; a larger one has to be sent in chunks or parts. */
    private static final long MAX_BODY_IN_MEMORY = 64L << 20;

    private static final int MAX_THREADS = 32;

    private final Path directory;
    private final int port;
    private final S3Credentials credentials;
    private @Nullable S3Proxy proxy;

    public ObjectStore(Path directory, int port, S3Credentials credentials) {
        this.directory = directory;
        this.port = port;
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        S3Proxy starting = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(endpoint())
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, credentials.accessKey(), credentials.secretKey())
                .v4MaxNonChunkedRequestSize(MAX_BODY_IN_MEMORY)
                .jettyMaxThreads(MAX_THREADS)
                .build();
        proxy = starting;
        try {
            starting.start();
        } catch (Exception e) {
            stop();
            throw new IllegalStateException("S3 does not start on port " + port, e);
        }
    }

    @Override
    public void stop() {
        S3Proxy stopping = proxy;
        if (stopping == null) {
            return;
        }
        proxy = null;
        try {
            stopping.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3 does not stop", e);
        }
    }

    /** An anonymous request is refused by a store that works, and nobody's credentials travel. */
    @Override
    public boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) endpoint().toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN && Files.isWritable(directory);
        } catch (IOException e) {
            return false;
        }
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
