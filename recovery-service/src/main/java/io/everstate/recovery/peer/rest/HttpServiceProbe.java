package io.everstate.recovery.peer.rest;

import io.everstate.recovery.peer.PeerAddresses;
import io.everstate.recovery.peer.ServiceProbe;
import io.everstate.recovery.platform.BoundedHttpClient;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Short deadlines: a look at all services must end before the next one is due. */
@Singleton
final class HttpServiceProbe implements ServiceProbe {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int OK = 200;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final PeerAddresses peers;
    private final BoundedHttpClient client = new BoundedHttpClient(CONNECT, ANSWER);

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
            socket.connect(new InetSocketAddress(address.getHost(), portOf(address)), (int) CONNECT.toMillis());
            return new Knock(true, "takes connections");
        } catch (IOException e) {
            return new Knock(false, "takes no connection (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static int portOf(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return address.getScheme().equals("https") ? HTTPS : HTTP;
    }

    private int get(URI url) throws IOException {
        var request = HttpRequest.newBuilder(url).build();
        try {
            return client.send(request).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
