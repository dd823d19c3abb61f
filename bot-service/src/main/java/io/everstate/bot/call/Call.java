package io.everstate.bot.call;

import io.everstate.bot.replica.PeerGateway;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is passed on to another replica, if need be.
 *
 * @param path with its query
 * @param contentType of the body
 * @param hop what it says of the replica that has passed it on already; null of one that came from elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
public record Call(
        String method,
        String path,
        @Nullable String authorization,
        @Nullable String idempotencyKey,
        @Nullable String ifMatch,
        @Nullable String hop,
        byte @Nullable [] body,
        String contentType) {
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String JSON = "application/json";

    public static Call of(ContainerRequestContext request) {
        return new Call(
                request.getMethod(),
                pathOf(request),
                request.getHeaderString(HttpHeaders.AUTHORIZATION),
                request.getHeaderString(IDEMPOTENCY_KEY),
                request.getHeaderString(HttpHeaders.IF_MATCH),
                request.getHeaderString(PeerGateway.HOP),
                null,
                JSON);
    }

    /** Whether it says so, which anybody can: it is not passed on again. Who is to be believed shows {@link #hop}. */
    public boolean forwarded() {
        return hop != null;
    }

    private static String pathOf(ContainerRequestContext request) {
        var uri = request.getUriInfo().getRequestUri();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    public Call with(byte[] sent) {
        return with(sent, JSON);
    }

    public Call with(byte[] sent, String type) {
        return new Call(method, path, authorization, idempotencyKey, ifMatch, hop, sent, type);
    }

    /** The same said at another address, where its token travels as it should. */
    public Call as(String bearer, String address) {
        return new Call(method, address, bearer, idempotencyKey, ifMatch, hop, body, contentType);
    }

    /** Something else that the same caller asks for in the course of this call; without its body. */
    public Call asking(String way, String address) {
        var key = way.equals("GET") ? null : idempotencyKey;
        return new Call(way, address, authorization, key, null, hop, null, JSON);
    }

    /** A part of this call, for one bot; a key of the whole makes one of each part. */
    public Call to(String address, String part) {
        var key = idempotencyKey == null ? null : idempotencyKey + ":" + part;
        return new Call("POST", address, authorization, key, null, null, null, JSON);
    }

    /** With the key that the service made for a request that came without one. */
    public Call keyed(String key) {
        return new Call(method, path, authorization, key, ifMatch, hop, body, contentType);
    }
}
