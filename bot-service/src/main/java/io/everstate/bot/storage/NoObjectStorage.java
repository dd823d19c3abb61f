package io.everstate.bot.storage;

import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.util.Optional;
import java.util.function.Consumer;

/** Stands where none is configured. */
final class NoObjectStorage implements ObjectStorage {
    @Override
    public boolean configured() {
        return false;
    }

    @Override
    public void put(String name, RandomAccessFile file, String sha256) {
        throw none();
    }

    @Override
    public Optional<StoredObject> find(String name) {
        throw none();
    }

    @Override
    public boolean read(String name, OutputStream target) {
        throw none();
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        throw none();
    }

    @Override
    public void delete(String name) {
        throw none();
    }

    private static StorageAwayException none() {
        return new StorageAwayException("no object storage is configured (everstate.storage.endpoint)", null);
    }
}
