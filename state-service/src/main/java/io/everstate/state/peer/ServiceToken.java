package io.everstate.state.peer;

import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.nio.file.Files;

/** Puts the service's own token on each request. */
@Singleton
public class ServiceToken implements ClientRequestFilter {
    private final IdentityConfiguration identity;

    ServiceToken(IdentityConfiguration identity) {
        this.identity = identity;
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, authorization());
    }

    /**
     * The value of the header.
     *
     * @throws PeerException UNAVAILABLE when there is no token that can be read
     */
    public String authorization() {
        var file = identity.tokenFile()
                .orElseThrow(() -> new PeerException(
                        ProblemType.UNAVAILABLE, "everstate.identity.token-file is not configured", null));
        try {
            return "Bearer " + Files.readString(file).strip();
        } catch (IOException e) {
            throw new PeerException(
                    ProblemType.UNAVAILABLE, "the file of everstate.identity.token-file cannot be read", e);
        }
    }
}
