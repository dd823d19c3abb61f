package io.everstate.backup.store;

class InMemoryArchiveStoreTest implements ArchiveStoreContract {
    private final ArchiveStore store = new InMemoryArchiveStore();

    @Override
    public ArchiveStore store() {
        return store;
    }
}
