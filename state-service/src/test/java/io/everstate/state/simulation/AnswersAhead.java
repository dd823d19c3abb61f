package io.everstate.state.simulation;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import io.everstate.state.fold.FoldedBot;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.StoredRecords;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a replica answers of a bot from its memory, beside the rows: it is what is stored, or what some of the records behind that make of it.
 *
 * @param stored the partition as it is stored at the same moment
 * @param log of which that is the fold
 */
record AnswersAhead(int partition, PartitionPosition stored, List<ConsumerRecord<String, byte[]>> log) {
    boolean isTrue(BotId bot, FoldedBot answer) {
        if (stored.anew() != null) {
            return answer.state().sequence() >= known(bot); // what is stored is not the fold up to there
        }
        var folds = new FoldsHere(StoredRecords.CODEC, List.of());
        var projection = folds.begin(partition, stored);
        var next = (int) stored.nextOffset();
        while (!isSame(find(folds, bot), answer)) {
            if (next >= log.size()) {
                return false;
            }
            projection.add(log.subList(next, next + 1));
            next++;
        }
        return true;
    }

    private Optional<FoldedBot> find(FoldsHere folds, BotId bot) {
        return folds.having(bot).flatMap(fold -> fold.find(bot, stored.nextOffset(), stored.revision()));
    }

    private static boolean isSame(Optional<FoldedBot> wanted, FoldedBot answer) {
        return wanted.filter(bot -> bot.state().equals(answer.state()))
                .filter(bot -> isSame(bot.parked(), answer.parked()))
                .isPresent();
    }

    /** By the record that parked it: how many were passed over since is told when they are stored, and since when is stored in milliseconds. */
    private static boolean isSame(@Nullable ParkedBot wanted, @Nullable ParkedBot parked) {
        return Objects.equals(asItBegan(wanted), asItBegan(parked));
    }

    private static @Nullable ParkedBot asItBegan(@Nullable ParkedBot bot) {
        if (bot == null) {
            return null;
        }
        var parking = bot.parking();
        return new ParkedBot(
                bot.bot(), new Parking(parking.type(), parking.why(), parking.offset(), 0), bot.epoch(), Instant.EPOCH);
    }

    /** Whether the rows do not have it yet. */
    boolean isNews(FoldedBot answer) {
        return answer.state().sequence() > known(answer.state().id());
    }

    private long known(BotId bot) {
        return stored.bots().stream()
                .filter(state -> state.id().equals(bot))
                .mapToLong(BotState::sequence)
                .sum();
    }
}
