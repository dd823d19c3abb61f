package io.everstate.recovery.peer.rest;

import io.everstate.recovery.peer.PeerAddresses;
import io.everstate.recovery.peer.ServiceProbe;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Short deadlines: a look at all services must end before the next one is due. */
@Singleton
final class HttpServiceProbe implements ServiceProbe {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final PeerAddresses peers;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    HttpServiceProbe(PeerAddresses peers) {
        this.peers = peers;
    }

    @Override
    public Knock health(String service) {
        var url = peers.managementOf(service).resolve("/q/health/live");
        try {
            return new Knock(true, "answers " + get(url));
        } catch (IOException e) {
            return new Knock(false, "does not answer (" + e.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public boolean ready(String service) {
        try {
            return get(peers.managementOf(service).resolve("/q/health/ready")) == OK;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Knock port(String service) {
        var address = peers.of(service);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) CONNECT.toMillis());
            return new Knock(true, "takes connections");
        } catch (IOException e) {
            return new Knock(false, "takes no connection (" + e.getClass().getSimpleName() + ")");
        }
    }

    private int get(URI url) throws IOException {
        var request = HttpRequest.newBuilder(url).timeout(ANSWER).build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
