package io.everstate.backup.kit;

import io.everstate.backup.packing.PackingConfiguration;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.seal.key.SigningKey;
import java.util.List;
import java.util.Optional;

/**
 * Which keys are needed, and none of them.
 *
 * @param keptAt where they are, for people
 * @param recipients public keys of age, of whose owners one is needed for archives that are written now
 * @param sealedBy id of the key that signs seals
 */
record KitKeys(Optional<String> keptAt, List<String> recipients, Optional<String> sealedBy) {
    static KitKeys of(KitConfiguration kit, PackingConfiguration packing, SealKeys seals) {
        return new KitKeys(
                kit.keysKeptAt(),
                packing.recipients().orElse(List.of()),
                seals.own().map(SigningKey::id));
    }

    /** Of a table in Markdown, each ended. */
    String rows() {
        var rows = new StringBuilder();
        recipients.forEach(recipient -> rows.append(
                "| archives | the secret key of `%s` (age) | to open archives, one of these; of an archive that was written while others were set, one of those |\n"
                        .formatted(recipient)));
        sealedBy.ifPresent(id ->
                rows.append("| seals | `%s` (Ed25519) | not to restore: to add to the chain of seals afterwards |\n"
                        .formatted(id)));
        return rows.toString();
    }
}
