package io.everstate.backup.swap;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The C library's calls that Java has no method for. Whoever starts the JVM has to say {@code --enable-native-access}. Thread-safe. */
final class SystemCalls {
    private static final Logger LOG = Logger.getLogger(SystemCalls.class);

    /** {@code O_RDONLY | O_CLOEXEC}, the same on every architecture that a JVM runs on. */
    private static final int READ_ONLY = 02000000;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private final MethodHandle open;
    private final MethodHandle syncfs;
    private final MethodHandle close;

    private SystemCalls(Linker linker) {
        this.open = handle(
                linker, "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
        this.syncfs = handle(
                linker, "syncfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT), Linker.Option.captureCallState("errno"));
        this.close = handle(linker, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    @SuppressWarnings("restricted") // the three signatures are those of the manual pages
    private static MethodHandle handle(
            Linker linker, String name, FunctionDescriptor function, Linker.Option... options) {
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), function, options);
    }

    /** Empty where the C library has no such calls or this process may not call it. */
    static Optional<SystemCalls> find() {
        return Found.CALLS;
    }

    /** Looked for once, when they are wanted. */
    private static final class Found {
        private static final Optional<SystemCalls> CALLS = look();

        private static Optional<SystemCalls> look() {
            try {
                return Optional.of(new SystemCalls(Linker.nativeLinker()));
            } catch (RuntimeException e) {
                LOG.infof("Restored files are forced to disk one by one, the system cannot be called: %s", e);
                return Optional.empty();
            }
        }
    }

    /** @return a descriptor, or less than 0 when there is none */
    int open(Path path) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(path.toString(), Charset.forName(System.getProperty("native.encoding")));
            return (int) open.invokeExact(name, READ_ONLY);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** @return 0, or the number of the error */
    int syncfs(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            var failed = (int) syncfs.invokeExact(state, descriptor) != 0;
            return failed ? (int) ERRNO.get(state, 0L) : 0;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    void close(int descriptor) {
        try {
            var _ = (int) close.invokeExact(descriptor);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Method handles declare everything; a C function throws nothing. */
    private static RuntimeException impossible(Throwable e) {
        return switch (e) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
