package io.everstate.backup.seal;

import io.everstate.backup.seal.key.SealKeys;
import io.everstate.contracts.wire.JsonFormat;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Reads the keys when the service starts, so that a value that is none stops it. */
final class SealProducer {
    private static final Logger LOG = Logger.getLogger(SealProducer.class);

    @Produces
    @Singleton
    @Startup
    SealKeys keys(SealConfiguration configuration) {
        var keys = SealKeys.of(
                configuration.keyFile(),
                configuration.key(),
                configuration.trustedKeys().orElse(List.of()));
        keys.own()
                .ifPresentOrElse(
                        own -> LOG.infof("Seals are signed with the key %s", own.id()),
                        () -> LOG.warn("Seals are not signed: neither everstate.seals.key-file nor .key is given"));
        return keys;
    }

    @Produces
    @Singleton
    SealFile file(JsonFormat json, SealKeys keys) {
        return new SealFile(json, keys);
    }
}
