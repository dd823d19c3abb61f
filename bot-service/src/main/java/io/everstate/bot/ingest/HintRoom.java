package io.everstate.bot.ingest;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Places for hints under way. Whoever can reach the port can name a bot and make a token up, and while the bot's owner is not known nobody
 * can tell; so senders whose token is known to be good have a room of their own, in which each has a bound. The others share a small one, in
 * which the newest displaces the oldest: full of made-up senders it still serves a true one whose owner answers, which takes moments.
 */
final class HintRoom {
    private final IngestConfiguration limits;
    private final Map<BotId, Integer> ofKnown = new HashMap<>();
    /** The oldest first. */
    private final Set<Place> ofUnknown = new LinkedHashSet<>();

    private int known;

    HintRoom(IngestConfiguration limits) {
        this.limits = limits;
    }

    /** Where one hint is while it is under way. */
    static final class Place {
        private final BotId bot;
        private final boolean known;
        private final Runnable displace;

        private Place(BotId bot, boolean known, Runnable displace) {
            this.bot = bot;
            this.known = known;
            this.displace = displace;
        }
    }

    /**
     * For a sender whose token is good.
     *
     * @throws ProblemException UNAVAILABLE when there is none for this bot, or for any
     */
    synchronized Place takeKnown(BotId bot) {
        var own = ofKnown.getOrDefault(bot, 0);
        if (known >= limits.most() || own >= limits.mostOfOne()) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "%d hints are under way, %d of this bot; that is all there is room for".formatted(known, own));
        }
        known++;
        ofKnown.put(bot, own + 1);
        return new Place(bot, true, () -> {});
    }

    /** @param displace what to do when a newer one needs the place, which is free then */
    synchronized Place takeUnknown(BotId bot, Runnable displace) {
        var ofOne = ofUnknown.stream().filter(place -> place.bot.equals(bot)).toList();
        if (ofOne.size() >= limits.mostUnknownOfOne()) {
            displace(ofOne.getFirst());
        } else if (ofUnknown.size() >= limits.mostUnknown()) {
            displace(ofUnknown.iterator().next());
        }
        var place = new Place(bot, false, displace);
        ofUnknown.add(place);
        return place;
    }

    private void displace(Place oldest) {
        ofUnknown.remove(oldest);
        oldest.displace.run();
    }

    /** Once for each that was taken; of a displaced one nothing is left to give. */
    synchronized void giveBack(Place place) {
        if (place.known) {
            known--;
            ofKnown.computeIfPresent(place.bot, (_, count) -> count == 1 ? null : count - 1);
        } else {
            ofUnknown.remove(place);
        }
    }
}
