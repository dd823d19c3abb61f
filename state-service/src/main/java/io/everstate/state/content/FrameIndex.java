package io.everstate.state.content;

import io.everstate.contracts.bot.BotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the frames of a content are, in their order. Contents of formats without frames have an empty one. */
public record FrameIndex(List<Frame> frames) {
    public static final FrameIndex NONE = new FrameIndex(List.of());

    public FrameIndex {
        frames = List.copyOf(frames);
    }

    /** The only frame that this bot can be in; empty when it cannot be in any. */
    public Optional<Frame> holding(BotId bot) {
        int from = 0;
        int to = frames.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (frames.get(middle).first().compareTo(bot) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == 0 ? Optional.empty() : Optional.of(frames.get(from - 1));
    }

    /**
     * A sentence for each frame that cannot be where it is said to be.
     *
     * @param bytes of the content, which the frames must fill from its first to its last
     */
    List<String> broken(long bytes) {
        var broken = new ArrayList<String>();
        long end = 0;
        for (int i = 0; i < frames.size(); i++) {
            var frame = frames.get(i);
            if (frame.offset() != end) {
                broken.add("frame " + (i + 1) + " begins at " + frame.offset() + ", not " + end);
            }
            if (frame.length() < 1 || frame.length() > Frame.LONGEST) {
                broken.add("frame " + (i + 1) + " has a length of " + frame.length());
            }
            if (i > 0 && frames.get(i - 1).first().compareTo(frame.first()) >= 0) {
                broken.add("frame " + (i + 1) + " does not begin behind the one before it");
            }
            end = frame.offset() + frame.length();
        }
        if (end != bytes) {
            broken.add("the frames end at " + end + ", the content at " + bytes);
        }
        return broken;
    }
}
