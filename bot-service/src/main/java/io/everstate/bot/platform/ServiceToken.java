package io.everstate.bot.platform;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;

/** This service's own bearer token. */
@ApplicationScoped
public class ServiceToken {
    private final IdentityConfiguration configuration;

    ServiceToken(IdentityConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The value of an Authorization header. */
    public String authorization() {
        var file = configuration.tokenFile();
        try {
            return "Bearer " + Files.readString(file).strip();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.INTERNAL, "the token file named by everstate.identity.token-file cannot be read", e);
        }
    }
}
