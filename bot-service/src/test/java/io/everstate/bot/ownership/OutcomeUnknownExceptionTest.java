package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.problem.ProblemType;
import org.junit.jupiter.api.Test;

class OutcomeUnknownExceptionTest {

    @Test
    void namesTheKeyToRepeatTheRequestWith() {
        var exception = new OutcomeUnknownException("no answer", "key-7", null);

        assertThat(exception.type()).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
        assertThat(exception.detail()).isEqualTo("no answer; repeat the request with the idempotency key key-7");
    }

    @Test
    void doesNotSpeakOfAKeyThatTheCallerNeverHad() {
        assertThat(new OutcomeUnknownException("no answer", null, null).detail())
                .isEqualTo("no answer; it came without an idempotency key: look at the bot before you repeat it");
    }
}
