package io.everstate.backup.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A storage that gives and takes objects, and does not list them. */
public final class UnlistedStore {
    private UnlistedStore() {}

    public static ArchiveStore of(ArchiveStore store) {
        return (ArchiveStore) Proxy.newProxyInstance(
                ArchiveStore.class.getClassLoader(), new Class<?>[] {ArchiveStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("objects")) {
                        throw new StoreUnavailableException("listing is not allowed", 403, null);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
