package io.everstate.state.format;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.content.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A bot's state as its row has it, in two columns. {@code state} is the JSON, or a frame of zstd around it. It says itself when it is only one
 * part of two: then it has the newest trades alone, and {@code older} those in front of them, a line of JSON each, in a frame too. What
 * {@code older} has beside a whole state means nothing.
 */
public final class StoredState {
    /** In which it is written: 1 was JSON alone, 2 had frames and no parts; both are still read. */
    public static final int VERSION = 3;

    private final byte[] state;
    private final byte @Nullable [] older;

    public StoredState(byte[] state, byte @Nullable [] older) {
        this.state = state;
        this.older = older;
    }

    /** Of a row that has the two columns. */
    public static StoredState of(ResultSet row) throws SQLException {
        return new StoredState(row.getBytes("state"), row.getBytes("older"));
    }

    /** @throws UnreadableRecordException when it is none */
    public BotState read(JsonFormat json) {
        return json.read(text(), BotState.class);
    }

    /**
     * The whole JSON, byte for byte as it is written of the state, wherever its trades were cut. Trades in front of the newest part are put
     * into it as they stand, so this costs much less than to read the state and write it anew.
     *
     * @throws UnreadableRecordException when a frame is damaged, or the two parts are not of one cut
     */
    public byte[] text() {
        if (!CutFrame.isPart(state)) {
            return CutFrame.text(state);
        }
        if (older == null || !CutFrame.isPart(older) || CutFrame.cut(older) != CutFrame.cut(state)) {
            throw new UnreadableRecordException(
                    "a stored state is damaged: its older trades are those of another cut", null);
        }
        return JoinedTrades.text(CutFrame.partText(state), CutFrame.partText(older));
    }

    /** The SHA-256 of its text, which is one for a state wherever its trades were cut; of the bytes of {@code state} when it is damaged. */
    public byte[] hash() {
        byte[] hashed;
        try {
            hashed = text();
        } catch (UnreadableRecordException _) {
            hashed = state;
        }
        return Sha256.bytes(hashed);
    }
}
