package io.everstate.bot.storage;

import java.time.Clock;

class InMemoryObjectStorageTest implements ObjectStorageContract {
    private final ObjectStorage storage = new InMemoryObjectStorage(Clock.systemUTC());

    @Override
    public ObjectStorage storage() {
        return storage;
    }
}
