package io.everstate.platform.launcher;

import java.net.URI;

/** How to reach the S3 endpoint. */
public record ObjectStorage(URI endpoint, String accessKey, String secretKey) {

    @Override
    public String toString() {
        return "ObjectStorage[" + accessKey + " at " + endpoint + "]";
    }
}
