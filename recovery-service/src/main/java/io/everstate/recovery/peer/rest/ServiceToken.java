package io.everstate.recovery.peer.rest;

import io.everstate.contracts.problem.ProblemType;
import io.everstate.recovery.peer.PeerException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.nio.file.Files;

/** Puts the service's own token on each request. */
@Singleton
public class ServiceToken implements ClientRequestFilter {
    private final IdentityConfig identity;

    ServiceToken(IdentityConfig identity) {
        this.identity = identity;
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token());
    }

    private String token() {
        try {
            return Files.readString(identity.tokenFile()).strip();
        } catch (IOException e) {
            throw new PeerException(
                    ProblemType.UNAVAILABLE, "the file of everstate.identity.token-file cannot be read", e);
        }
    }
}
