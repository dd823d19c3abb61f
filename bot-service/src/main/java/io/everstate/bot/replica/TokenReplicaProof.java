package io.everstate.bot.replica;

import io.everstate.bot.platform.ServiceToken;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The service's own bearer token: replicas have tokens of one name, each verified as those of callers are. */
@ApplicationScoped
class TokenReplicaProof implements ReplicaProof {
    private static final Logger LOG = Logger.getLogger(TokenReplicaProof.class);
    private static final String BEARER = "Bearer ";

    private final ServiceToken token;
    private final JWTParser tokens;

    TokenReplicaProof(ServiceToken token, JWTParser tokens) {
        this.token = token;
        this.tokens = tokens;
    }

    @Override
    public String own() {
        return token.authorization();
    }

    @Override
    public boolean holds(@Nullable String shown) {
        if (shown == null || !shown.startsWith(BEARER)) {
            return false;
        }
        var name = nameOf(shown);
        return name.isPresent() && name.equals(nameOf(own()));
    }

    /** Empty of a token that is not signed as it should be, or is over. */
    private Optional<String> nameOf(String bearer) {
        try {
            return Optional.ofNullable(
                    tokens.parse(bearer.substring(BEARER.length())).getName());
        } catch (ParseException e) {
            LOG.debugf(e, "a token that is none proves no replica");
            return Optional.empty();
        }
    }
}
