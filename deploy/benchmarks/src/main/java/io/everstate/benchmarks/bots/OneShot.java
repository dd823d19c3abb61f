package io.everstate.benchmarks.bots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Requests on a connection of its own each, as freqtrade's HTTP library makes them: connecting is part of what its trading loop waits for. */
final class OneShot implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String OK = "HTTP/1.1 2";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param head further header lines, each with its end */
    record Request(String method, URI url, String contentType, String head, String body) {

        private byte[] bytes() {
            return (method + " " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                            + "\r\nConnection: close\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                            + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + head + "\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Completes with the whole answer; any but a 2xx is a failure. */
    CompletableFuture<String> send(Request request) {
        return CompletableFuture.supplyAsync(() -> answer(request), threads);
    }

    private static String answer(Request request) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(
                    new InetSocketAddress(request.url().getHost(), request.url().getPort()));
            socket.getOutputStream().write(request.bytes());
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith(OK)) {
                throw new IllegalStateException("answered: " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
