package io.everstate.state.projection;

class InMemoryFoldStoreTest implements FoldStoreContract {
    @Override
    public FoldStore store() {
        return new InMemoryFoldStore();
    }
}
