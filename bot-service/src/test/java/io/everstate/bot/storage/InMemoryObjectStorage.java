package io.everstate.bot.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A storage in the heap. */
public final class InMemoryObjectStorage implements ObjectStorage {
    private final Map<String, Stored> objects = new TreeMap<>();
    private final Clock clock;

    public InMemoryObjectStorage(Clock clock) {
        this.clock = clock;
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
                .forEach(name -> find(name).ifPresent(each));
    }

    @Override
    public synchronized void delete(String name) {
        objects.remove(name);
    }
}
