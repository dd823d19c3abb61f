package io.everstate.platform.server.s3;

/** The one key pair that may use the object store. */
public record S3Credentials(String accessKey, String secretKey) {

    @Override
    public String toString() {
        return "S3Credentials[" + accessKey + "]";
    }
}
