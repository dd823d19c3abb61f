package io.everstate.backup.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** With which key seals are signed, and whose signatures count. */
@ConfigMapping(prefix = "everstate.seals")
public interface SealConfiguration {
    /**
     * An Ed25519 private key (PKCS #8, PEM) as {@code openssl genpkey -algorithm ed25519} writes it. Whoever can read it can forge backups: keep it out of the
     * bucket. Without one seals are chained by their hashes alone, which shows nothing once the catalogue is lost too.
     */
    Optional<Path> keyFile();

    /** The same key itself, for who gives it by the environment; only one of the two. */
    Optional<String> key();

    /** Public keys (X.509, the text between the lines of a PEM file) of earlier keys and of other replicas whose signatures count too. */
    Optional<List<String>> trustedKeys();

    /**
     * Workspaces whose chain may begin a second time, beside seals in the bucket of which none counts: those of a key that is lost. Each of the old ones stays a
     * finding. It does nothing once a chain has begun.
     */
    Optional<List<String>> beginAnew();

    /** How often seals that the bucket does not have yet are stored, and completed backups of before there were seals get theirs. */
    @WithDefault("10s")
    String lookEvery();
}
