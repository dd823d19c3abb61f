package io.everstate.state.peer;

import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.peer.CriticalChangeApi.Change;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Backups before changes of many bots. bot-service has them taken, as before its own changes: there it is said whether one is required, and one
 * counts for what is changed here and there.
 */
@Singleton
public final class CriticalChanges {
    private static final String BACKUP = "Everstate-Backup";

    private final CriticalChangeApi api;
    private final Peer botService;

    CriticalChanges(@RestClient CriticalChangeApi api, ChangeBackupConfiguration configuration) {
        this.api = api;
        this.botService = Peer.BOT_SERVICE.within(configuration.deadline());
    }

    /**
     * Returns when a backup was read back, or none is to be waited for.
     *
     * @param change in words, to be read after "before"
     * @param by who wants it
     * @return as a sentence which backup it is, or why there is none; empty where none is asked for
     * @throws PeerException UNAVAILABLE when one is required and there is none, or nobody says whether one is; nothing must be changed then
     */
    public Optional<String> before(String change, String by) {
        return said(change, by).map(said -> "backup before %s: %s".formatted(change, said));
    }

    private Optional<String> said(String change, String by) {
        try {
            return botService.call(
                    () -> api.before(new Change(change, by)),
                    answer -> Optional.ofNullable(answer.getHeaderString(BACKUP)));
        } catch (PeerException e) {
            if (e.type() == ProblemType.NOT_FOUND) {
                return Optional.of("none: this bot-service takes none for others");
            }
            throw e;
        }
    }
}
