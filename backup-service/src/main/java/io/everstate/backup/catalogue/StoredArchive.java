package io.everstate.backup.catalogue;

/** @param manifestSha256 of the manifest's object: whoever changes it in the bucket is found out */
public record StoredArchive(
        String objectName,
        String manifestName,
        long bytes,
        String sha256,
        String md5,
        String manifestSha256,
        int files) {}
