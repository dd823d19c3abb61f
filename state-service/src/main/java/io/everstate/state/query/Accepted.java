package io.everstate.state.query;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** Which form a caller wants of what there is in two. Who takes anything gets JSON. */
final class Accepted {
    private Accepted() {}

    static boolean rather(MediaType special, HttpHeaders headers) {
        for (var type : headers.getAcceptableMediaTypes()) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (type.isCompatible(special)) {
                return true;
            }
        }
        return false;
    }
}
