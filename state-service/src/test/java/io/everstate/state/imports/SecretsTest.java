package io.everstate.state.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static ObjectNode cleaned(String name, String value) throws JsonProcessingException {
        var node = (ObjectNode) new ObjectMapper().readTree("{\"%s\": %s}".formatted(name, value));
        Secrets.leaveOut(node);
        return node;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "api_key",
                "apiKeys",
                "api_key_id",
                "private_key",
                "private_key_base58",
                "wallet_private_keys",
                "signingKey",
                "keypair",
                "token",
                "tokens",
                "access_token_v2",
                "Authorization",
                "bearer",
                "mnemonic",
                "seed_phrase",
                "password"
            })
    void leavesOutWhatIsNamedLikeASecret(String name) throws JsonProcessingException {
        assertThat(cleaned(name, "\"4f3a\"").path(name).textValue()).isEqualTo(Secrets.LEFT_OUT);
        assertThat(cleaned(name, "[17, 4]").path(name).textValue()).isEqualTo(Secrets.LEFT_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbol", "keyword", "token_symbol", "token_balance", "trading_pair", "author"})
    void keepsWhatIsNot(String name) throws JsonProcessingException {
        assertThat(cleaned(name, "\"4f3a\"").path(name).textValue()).isEqualTo("4f3a");
    }

    @Test
    void keepsThatThereIsNone() throws JsonProcessingException {
        assertThat(cleaned("token", "null").path("token").isNull()).isTrue();
    }
}
