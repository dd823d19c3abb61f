package io.everstate.state.fold;

class InMemoryFoldStoreTest implements FoldStoreContract {
    @Override
    public FoldStore store() {
        return new InMemoryFoldStore();
    }
}
