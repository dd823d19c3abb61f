package io.everstate.backup.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.InspectionView.Condition;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileConditionTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} that holds <{1}> is {2}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "logs/bot_state.json|{\"a\":[1,{\"b\":null}]}|OK",
                "logs/bot_state.json|[]|OK",
                "logs/bot_state.json|12|OK",
                "logs/bot_state.json|''|EMPTY",
                "logs/bot_state.json|'   '|UNREADABLE",
                "logs/bot_state.json|{\"a\":|UNREADABLE",
                "logs/bot_state.json|{\"a\":1}x|UNREADABLE",
                "logs/bot_state.json|{}{}|UNREADABLE",
                "logs/bot_state.json|not json|UNREADABLE",
                ".env|KEY=value|OK",
                ".env|export KEY=|OK",
                ".env|# only a comment|UNREADABLE",
                ".env|garbage|UNREADABLE",
                ".env|''|EMPTY",
                "tradesv3.sqlite|SQLite format 3|UNREADABLE",
                "tradesv3.sqlite|0000000000000000000|UNREADABLE",
                "trades.db|0000000000000000000|OK",
                "notes.txt|anything|OK",
                "notes.txt|''|EMPTY"
            })
    void seesWhetherAFileIsWhatItsNameSays(String path, String content, Condition condition) throws IOException {
        try (var spool = new Spool(directory)) {
            spool.write(content.getBytes(UTF_8));

            assertThat(FileCondition.of(path, spool).condition()).isEqualTo(condition);
        }
    }
}
