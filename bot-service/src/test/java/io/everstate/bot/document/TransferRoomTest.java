package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.problem.ProblemException;
import org.junit.jupiter.api.Test;

class TransferRoomTest {
    private final TransferRoom room = new TransferRoom(3);

    @Test
    void isNeverTakenByOneBotAlone() {
        room.take(SampleBots.id(1));
        room.take(SampleBots.id(1));

        assertThatThrownBy(() -> room.take(SampleBots.id(1))).isInstanceOf(ProblemException.class);
        assertThatCode(() -> room.take(SampleBots.id(2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> room.take(SampleBots.id(3))).isInstanceOf(ProblemException.class);
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        var place = room.take(SampleBots.id(1));
        room.take(SampleBots.id(2));
        place.close();
        place.close();

        room.take(SampleBots.id(1));
        room.take(SampleBots.id(1));

        assertThatThrownBy(() -> room.take(SampleBots.id(3))).isInstanceOf(ProblemException.class);
    }
}
