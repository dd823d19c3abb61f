package io.everstate.state.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("EC1")
class PredecessorTest {
    private final BotId bot = Owner.newBot();
    private final BotId other = Owner.newBot();

    private static BotState at(BotId bot, int sequence) {
        var owner = new Owner(1);
        var fold = new PartitionFold();
        fold.apply(owner.claim());
        var state = ((Applied) fold.apply(owner.created(bot))).state();
        for (int next = 2; next <= sequence; next++) {
            state = ((Applied) fold.apply(next == 2 ? owner.started(bot) : owner.trade(bot, next))).state();
        }
        return state;
    }

    private static Predecessor of(Set<BotId> except, BotState... bots) throws IOException {
        var content = StoredContent.of(Arrays.stream(bots)
                .sorted((one, two) -> one.id().compareTo(two.id()))
                .toList());
        return new Predecessor(content.promised(), new ByteArrayInputStream(content.bytes()), except);
    }

    private static Verdict met(Predecessor before, BotState... bots) {
        List.of(bots).forEach(bot -> before.accept(new Head(bot.id(), bot.sequence())));
        return before.verdict();
    }

    @Test
    void findsNothingWhereAllWentOn() throws IOException {
        var verdict = met(of(Set.of(), at(bot, 2), at(other, 3)), at(bot, 2), at(other, 9), at(Owner.newBot(), 1));

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.quality().score()).isEqualTo(100);
    }

    @Test
    void findsABotThatIsGone() throws IOException {
        var verdict = met(of(Set.of(), at(bot, 4), at(other, 3)), at(other, 3));

        assertThat(verdict.findings())
                .containsExactly("bot " + bot + " is gone; the FULL one before it has it at event 4");
        assertThat(verdict.quality().score()).isEqualTo(50);
    }

    @Test
    void findsABotThatWentBack() throws IOException {
        var verdict = met(of(Set.of(), at(bot, 4), at(other, 3)), at(bot, 2), at(other, 3));

        assertThat(verdict.findings()).containsExactly("bot " + bot + " is at event 2, in the FULL one before it at 4");
        assertThat(verdict.quality().score()).isEqualTo(50);
    }

    @Test
    void findsNothingOfWhatAPersonAccepted() throws IOException {
        var verdict = met(of(Set.of(bot, other), at(bot, 4), at(other, 3)), at(other, 1));

        assertThat(verdict.findings()).isEmpty();
    }

    @Test
    void isNotMadeOfWhatIsDamaged() throws IOException {
        var content = StoredContent.of(List.of(at(bot, 2)));
        var cut = Arrays.copyOf(content.bytes(), content.bytes().length - 9);

        assertThatThrownBy(() -> new Predecessor(content.promised(), new ByteArrayInputStream(cut), Set.of()))
                .isInstanceOf(IOException.class);
    }
}
