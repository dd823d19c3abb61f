package io.everstate.state.content;

import io.everstate.contracts.wire.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a frame without what stands in front of it, so that frames can be looked at beside each other.
 *
 * @param intact whether its bytes are those that were written
 * @param lines up to where it could be unpacked
 * @param damage why it cannot be unpacked to its end; null when it can
 */
record FrameLook(
        boolean intact, List<LineLook> lines, @Nullable String damage) {
    /** @param stored its bytes as they are now */
    static FrameLook at(Frame frame, byte[] stored, JsonFormat json) {
        var lines = new ArrayList<LineLook>();
        try (var unpacked = ContentFormat.ZSTD_FRAMES.unpacked(new ByteArrayInputStream(stored))) {
            var source = new Lines(unpacked);
            for (var line = source.next(); line != null; line = source.next()) {
                lines.add(LineLook.at(line, json));
            }
            return new FrameLook(frame.holds(stored), lines, null);
        } catch (IOException e) {
            return new FrameLook(frame.holds(stored), lines, e.getMessage());
        }
    }
}
