package io.everstate.bot.platform;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Bearer tokens of bots beside those of people and services. Gives the role {@code bot} and no other, and that for the form alone: every
 * call of that role checks the token where the bot is owned. What is no bot's token is left to the mechanism of the JWTs.
 */
@ApplicationScoped
class BotTokenMechanism implements HttpAuthenticationMechanism {
    private static final String ROLE = "bot";
    private static final String BEARER = "Bearer ";

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.startsWith(BEARER + BotCredential.PREFIX)) {
            return Uni.createFrom().nullItem();
        }
        return BotCredential.of(header.substring(BEARER.length()))
                .map(BotTokenMechanism::identity)
                .map(identity -> Uni.createFrom().item(identity))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    private static SecurityIdentity identity(BotCredential credential) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(credential)
                .addRole(ROLE)
                .build();
    }

    /** The JWTs' mechanism challenges. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    /** Asked first: the JWTs' mechanism refuses every bearer token that is none of its own. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }
}
