package io.everstate.recovery.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** Stands before a port and may let a call fail before it happens or after. */
public final class Chaos {
    private Chaos() {}

    /** The process ended here; no code of it runs any more. */
    public static final class Crash extends Error {
        public Crash(String where) {
            super(where);
        }
    }

    /** What befalls a call; throws, or does nothing. */
    public interface Fate {
        void befall(String call);
    }

    public static <T> T before(Class<T> port, T real, Supplier<Fate> fate) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(real, args);
            }
            fate.get().befall("before " + method.getName());
            Object result;
            try {
                method.setAccessible(true);
                result = method.invoke(real, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            fate.get().befall("after " + method.getName());
            return result;
        }));
    }
}
