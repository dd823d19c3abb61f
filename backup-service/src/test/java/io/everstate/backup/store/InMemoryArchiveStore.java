package io.everstate.backup.store;

import io.everstate.backup.store.BucketCapabilities.Support;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps objects in a map. */
public final class InMemoryArchiveStore implements ArchiveStore {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final Map<String, AtomicBoolean> unfinished = new ConcurrentHashMap<>();

    @Override
    public Upload begin(String name, long expectedBytes) {
        var cancelled = new AtomicBoolean();
        unfinished.put(name, cancelled);
        return new Upload() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

            @Override
            public void write(int b) {
                bytes.write(b);
            }

            @Override
            public void write(byte[] source, int offset, int length) {
                bytes.write(source, offset, length);
            }

            @Override
            public StoredObject complete() {
                if (cancelled.get()) {
                    throw new ObjectMissingException(name);
                }
                if (objects.putIfAbsent(name, bytes.toByteArray()) != null) {
                    throw new ObjectExistsException(name);
                }
                return new StoredObject(name, bytes.size(), "memory");
            }

            @Override
            public void close() {
                cancelled.set(true);
            }
        };
    }

    @Override
    public Optional<StoredObject> find(String name) {
        return Optional.ofNullable(objects.get(name)).map(bytes -> new StoredObject(name, bytes.length, "memory"));
    }

    /** From now on it is listed and not given, with that status of HTTP; 0 when nothing is answered. */
    public void refuse(String name, int status) {
        refused.put(name, status);
    }

    @Override
    public InputStream open(String name) {
        var status = refused.get(name);
        if (status != null) {
            throw new StoreUnavailableException("the storage refused to read " + name, status, null);
        }
        var bytes = objects.get(name);
        if (bytes == null) {
            throw new ObjectMissingException(name);
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public List<ListedObject> objects(String prefix, String after) {
        return objects.entrySet().stream()
                .filter(object ->
                        object.getKey().startsWith(prefix) && object.getKey().compareTo(after) > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(object -> new ListedObject(object.getKey(), object.getValue().length, Instant.EPOCH, "memory"))
                .toList();
    }

    @Override
    public void delete(String name) {
        objects.remove(name);
        endUploads(name);
    }

    @Override
    public void endUploads(String name) {
        var upload = unfinished.remove(name);
        if (upload != null) {
            upload.set(true);
        }
    }

    @Override
    public ObjectLock lock(String name, ObjectLock wanted) {
        throw new StoreUnavailableException("memory locks nothing", null);
    }

    @Override
    public BucketCapabilities capabilities() {
        return new BucketCapabilities(Support.UNSUPPORTED, Support.UNSUPPORTED);
    }
}
