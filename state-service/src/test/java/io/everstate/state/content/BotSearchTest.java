package io.everstate.state.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotSearchTest {
    private static Optional<BotState> found(StoredContent stored, BotId bot) throws IOException {
        var frame = stored.promised().frames().holding(bot);
        return frame.isEmpty()
                ? Optional.empty()
                : new BotSearch(bot, TestJson.format()).inFrame(stored.frame(frame.get()));
    }

    static List<BotState> bots(Random random) {
        return IntStream.range(0, 8)
                .mapToObj(_ -> StoredContent.bots(random))
                .flatMap(List::stream)
                .sorted((left, right) -> left.id().compareTo(right.id()))
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {71, 72, 73, 74, 75})
    void findsEveryBotInTheOneFrameThatHoldsItAndNoOther(long seed) throws IOException {
        var bots = bots(new Random(seed));

        var stored = StoredContent.of(bots);

        assertThat(stored.promised().frames().frames()).hasSizeGreaterThan(2);
        for (var bot : bots) {
            assertThat(found(stored, bot.id())).contains(bot);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(found(stored, Owner.newBot())).isEmpty();
        }
    }
}
