package io.everstate.bot.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A storage in the heap. */
public final class InMemoryObjectStorage implements ObjectStorage {
    private final Map<String, Stored> objects = new TreeMap<>();
    private final Set<String> protectedNames = new HashSet<>();
    private final Clock clock;
    private int refused;
    private boolean away;
    private int asked;

    public InMemoryObjectStorage(Clock clock) {
        this.clock = clock;
    }

    /** From now on it is not deleted. */
    public synchronized String refusing(String name) {
        protectedNames.add(name);
        return name;
    }

    /** How often something was not deleted. */
    public synchronized int refused() {
        return refused;
    }

    /** From now on it does not say whether it has an object, or it does again. */
    public synchronized void away(boolean now) {
        away = now;
    }

    /** How often it was asked whether it has an object. */
    public synchronized int asked() {
        return asked;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(byte[] content, Instant modified) {}

    @Override
    public boolean configured() {
        return true;
    }

    @Override
    public synchronized void put(String name, RandomAccessFile file, String sha256) throws IOException {
        var content = new byte[Math.toIntExact(file.length())];
        file.seek(0);
        file.readFully(content);
        objects.put(name, new Stored(content, clock.instant()));
    }

    @Override
    public synchronized Optional<StoredObject> find(String name) {
        asked++;
        if (away) {
            throw new StorageAwayException("the storage did not find an object: no answer", null);
        }
        return found(name);
    }

    private Optional<StoredObject> found(String name) {
        return Optional.ofNullable(objects.get(name))
                .map(stored -> new StoredObject(name, stored.content().length, stored.modified()));
    }

    @Override
    public synchronized boolean read(String name, OutputStream target) throws IOException {
        var stored = objects.get(name);
        if (stored != null) {
            target.write(stored.content());
        }
        return stored != null;
    }

    @Override
    public synchronized void list(String prefix, Consumer<StoredObject> each) {
        objects.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .toList()
                .forEach(name -> found(name).ifPresent(each));
    }

    @Override
    public synchronized void delete(String name) {
        if (protectedNames.contains(name)) {
            refused++;
            throw new StorageAwayException("the storage did not delete an object: 403 AccessDenied", null);
        }
        objects.remove(name);
    }
}
