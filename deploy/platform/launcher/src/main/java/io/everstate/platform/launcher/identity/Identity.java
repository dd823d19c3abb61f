package io.everstate.platform.launcher.identity;

import io.everstate.platform.launcher.files.OwnerOnlyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The issuer of bearer tokens of one machine: an RSA key pair made at first start, and JWTs (RS256) in the form that
 * MicroProfile JWT reads, with the roles in {@code groups} and the name in {@code upn}.
 */
public final class Identity {

    public static final String ISSUER = "everstate";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,100}");
    private static final Pattern ROLE = Pattern.compile("[a-z]{1,30}");
    private static final Pattern CLAIMS = Pattern.compile("\\{\"iss\":\"" + ISSUER
            + "\",\"sub\":\"(?<name>[^\"]+)\",\"upn\":\"[^\"]+\",\"groups\":\\[(?<roles>[^]]*)],"
            + "\"iat\":\\d+,\"exp\":(?<exp>\\d+),\"jti\":\"[^\"]+\"}");
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");

    private final KeyFiles keys;
    private final Clock clock;

    private Identity(KeyFiles keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The identity kept in this directory; its keys are generated when there are none yet. */
    public static Identity in(Path directory, Clock clock) {
        return new Identity(KeyFiles.in(directory), clock);
    }

    public static Identity in(Path directory) {
        return in(directory, Clock.systemUTC());
    }

    /** The PEM file with which services verify tokens. */
    public Path publicKeyFile() {
        return keys.publicKeyFile();
    }

    /** A token that is valid from now on for {@code ttl}. */
    public String token(String name, Set<String> roles, Duration ttl) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name has letters, digits and . _ @ - only: " + name);
        }
        if (roles.isEmpty()
                || !roles.stream().allMatch(role -> ROLE.matcher(role).matches())) {
            throw new IllegalArgumentException("roles are lower-case words: " + roles);
        }
        Instant now = clock.instant();
        String signed = HEADER + "." + encode(claims(name, new TreeSet<>(roles), now, now.plus(ttl)));
        return signed + "." + ENCODER.encodeToString(sign(signed));
    }

    /** Writes a token to a file that only its owner can read; a reader sees the old token or the new one. */
    public void writeToken(Path file, String name, Set<String> roles, Duration ttl) {
        OwnerOnlyFile.write(file, token(name, roles, ttl) + "\n");
    }

    /** Empty unless the token was signed with this machine's key and has not expired. */
    public Optional<Caller> verify(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || !isSigned(parts[0] + "." + parts[1], parts[2])) {
            return Optional.empty();
        }
        // what was signed here has exactly this form
        Matcher claims = CLAIMS.matcher(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        if (!claims.matches()) {
            return Optional.empty();
        }
        Instant expiresAt = Instant.ofEpochSecond(Long.parseLong(claims.group("exp")));
        Set<String> roles = Set.of(claims.group("roles").replace("\"", "").split(","));
        return clock.instant().isBefore(expiresAt)
                ? Optional.of(new Caller(claims.group("name"), roles, expiresAt))
                : Optional.empty();
    }

    private static String claims(String name, Set<String> roles, Instant issued, Instant expires) {
        String groups = roles.stream().map(role -> "\"" + role + "\"").collect(Collectors.joining(","));
        return "{\"iss\":\"" + ISSUER + "\",\"sub\":\"" + name + "\",\"upn\":\"" + name + "\",\"groups\":[" + groups
                + "],\"iat\":" + issued.getEpochSecond() + ",\"exp\":" + expires.getEpochSecond() + ",\"jti\":\""
                + UUID.randomUUID() + "\"}";
    }

    private byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.privateKey());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RS256 does not work with the key of " + keys.publicKeyFile(), e);
        }
    }

    private boolean isSigned(String text, String encodedSignature) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.publicKey());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(encodedSignature));
        } catch (SignatureException | IllegalArgumentException e) {
            return false; // not a signature at all
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RS256 does not work with the key of " + keys.publicKeyFile(), e);
        }
    }

    private static String encode(String text) {
        return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
