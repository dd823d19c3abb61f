package io.everstate.bot.document;

import java.util.LinkedHashMap;
import java.util.Optional;

/** Contents by their SHA-256, the least lately used forgotten first. What is in it was checked. */
final class DocumentCache {
    private final LinkedHashMap<String, byte[]> contents = new LinkedHashMap<>(16, 0.75f, true);
    private final long capacity;
    private long held;

    /** @param capacity in bytes */
    DocumentCache(long capacity) {
        this.capacity = capacity;
    }

    synchronized Optional<byte[]> find(String sha256) {
        return Optional.ofNullable(contents.get(sha256));
    }

    synchronized void keep(String sha256, byte[] content) {
        var before = contents.put(sha256, content);
        held += content.length - (before == null ? 0 : before.length);
        var eldest = contents.entrySet().iterator();
        while (held > capacity && eldest.hasNext()) {
            held -= eldest.next().getValue().length;
            eldest.remove();
        }
    }

    synchronized long held() {
        return held;
    }
}
