package io.everstate.platform.testkit;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.launcher.ObjectStorage;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.launcher.Platform;
import io.everstate.platform.launcher.PlatformHealth;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * One platform for all class loaders of a JVM. Quarkus loads test classes anew for each test profile, so a static field
 * would start a platform for each; the JVM's own MBean server is there once.
 */
final class SharedPlatform implements Platform {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final ObjectName NAME = name();

    private final SharedPlatformMXBean bean;

    private SharedPlatform(SharedPlatformMXBean bean) {
        this.bean = bean;
    }

    /** The platform of this JVM, started by whoever asks first. */
    static SharedPlatform get(Supplier<Platform> starter) {
        synchronized (SERVER) {
            if (!SERVER.isRegistered(NAME)) {
                register(starter.get());
            }
        }
        return new SharedPlatform(JMX.newMXBeanProxy(SERVER, NAME, SharedPlatformMXBean.class));
    }

    private static void register(Platform started) {
        try {
            SERVER.registerMBean(new Bean(started), NAME);
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalStateException("two platforms were started at once", e);
        } catch (JMException e) {
            throw new IllegalStateException("the platform cannot be shared", e);
        }
    }

    private static ObjectName name() {
        try {
            return new ObjectName("io.everstate:type=TestPlatform");
        } catch (MalformedObjectNameException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public String kafka() {
        return bean.getKafka();
    }

    @Override
    public Database database(String name) {
        String[] values = bean.database(name);
        return new Database(values[0], values[1], values[2]);
    }

    @Override
    public ObjectStorage storage() {
        String[] values = bean.storage();
        return new ObjectStorage(URI.create(values[0]), values[1], values[2]);
    }

    @Override
    public PlatformHealth health() {
        List<String> answering = List.of(bean.answering());
        Map<Part, Boolean> parts = Arrays.stream(Part.values())
                .collect(Collectors.toMap(Function.identity(), part -> answering.contains(part.name())));
        return new PlatformHealth(parts);
    }

    @Override
    public void pause(Part part) {
        bean.pause(part.name());
    }

    @Override
    public void resume(Part part) {
        bean.resume(part.name());
    }

    @Override
    public void kill() {
        bean.kill();
    }

    @Override
    public void restart() {
        bean.restart();
    }

    @Override
    public void close() {
        bean.close();
    }

    /** The side of the class loader that started the platform. */
    private record Bean(Platform platform) implements SharedPlatformMXBean {

        @Override
        public String getKafka() {
            return platform.kafka();
        }

        @Override
        public String[] database(String name) {
            Database database = platform.database(name);
            return new String[] {database.url(), database.user(), database.password()};
        }

        @Override
        public String[] storage() {
            ObjectStorage storage = platform.storage();
            return new String[] {storage.endpoint().toString(), storage.accessKey(), storage.secretKey()};
        }

        @Override
        public String[] answering() {
            PlatformHealth health = platform.health();
            return Arrays.stream(Part.values())
                    .filter(health::up)
                    .map(Part::name)
                    .toArray(String[]::new);
        }

        @Override
        public void pause(String part) {
            platform.pause(Part.valueOf(part));
        }

        @Override
        public void resume(String part) {
            platform.resume(Part.valueOf(part));
        }

        @Override
        public void kill() {
            platform.kill();
        }

        @Override
        public void restart() {
            platform.restart();
        }

        @Override
        public void close() {
            platform.close();
        }
    }
}
