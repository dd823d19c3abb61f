package io.everstate.backup.verification;

import io.everstate.backup.catalogue.Catalogue.Asked;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Accepts verifications. What it has accepted is in the database and will run, also when this process ends. */
@Singleton
public class VerificationService {
    private final Verifications verifications;

    VerificationService(Verifications verifications) {
        this.verifications = verifications;
    }

    /**
     * @param backupId null = all of the workspace
     * @return the verification's id; that of the first one for the same request with the same key
     */
    public UUID request(String workspace, @Nullable UUID backupId, Asked asked) {
        return verifications.findRepeated(asked).orElseGet(() -> {
            try {
                return verifications.add(workspace, backupId, asked);
            } catch (ConstraintViolationException e) {
                return verifications.findRepeated(asked).orElseThrow(() -> e);
            }
        });
    }
}
