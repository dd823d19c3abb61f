package io.everstate.e2e;

import io.everstate.platform.launcher.Database;
import io.everstate.platform.launcher.ObjectStorage;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import java.nio.file.Path;
import java.util.Map;

/** A platform of one test, whose log nobody else has. */
record OwnPlatform(PlatformOptions options, ProcessPlatform platform) implements AutoCloseable {

    static OwnPlatform in(Path directory) {
        PlatformOptions options = PlatformOptions.in(directory.resolve("platform"))
                .ports(Ports.free())
                .secrets(Secrets.generate());
        return new OwnPlatform(options, ProcessPlatform.start(options));
    }

    String kafka() {
        return platform.kafka();
    }

    /** What every service has to be told. */
    ServiceProcess.Builder service(String name) {
        return ServiceProcess.of(name)
                .set("kafka.bootstrap.servers", platform.kafka())
                .set("mp.jwt.verify.publickey.location", TestIdentity.shared().publicKeyFile())
                .set("mp.jwt.verify.issuer", "everstate")
                .set("everstate.identity.token-file", TestIdentity.shared().serviceTokenFile());
    }

    Map<String, String> database(String name) {
        Database database = platform.database(name);
        return Map.of(
                "quarkus.datasource.jdbc.url", database.url(),
                "quarkus.datasource.username", database.user(),
                "quarkus.datasource.password", database.password());
    }

    Map<String, String> bucket() {
        ObjectStorage storage = platform.storage();
        return Map.of(
                "everstate.storage.endpoint", storage.endpoint().toString(),
                "everstate.storage.access-key", storage.accessKey(),
                "everstate.storage.secret-key", storage.secretKey(),
                "everstate.storage.bucket", "everstate");
    }

    @Override
    public void close() {
        platform.close();
    }
}
