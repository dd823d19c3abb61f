package io.everstate.backup.platform;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;

/** The token with which this service calls others; read at each use, since the file may be renewed. */
@Singleton
public final class ServiceToken {
    private final IdentityConfiguration configuration;

    ServiceToken(IdentityConfiguration configuration) {
        this.configuration = configuration;
    }

    public String bearer() {
        try {
            return "Bearer " + Files.readString(configuration.tokenFile()).strip();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "the service's own token cannot be read (everstate.identity.token-file)",
                    e);
        }
    }
}
