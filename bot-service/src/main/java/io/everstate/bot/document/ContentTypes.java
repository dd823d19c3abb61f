package io.everstate.bot.document;

import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What bytes are said to be. An answer whose type is none fails when nobody looks after its file any more. */
final class ContentTypes {
    private static final Pattern FORM = Pattern.compile("[\\x20-\\x7e]{1,200}");

    private ContentTypes() {}

    /**
     * As the sender named it.
     *
     * @throws InvalidException when that is no type
     */
    static String accepted(@Nullable String type, String field) {
        if (type == null) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
        if (!isOne(type)) {
            throw new InvalidException(List.of(
                    new Violation(field, "must be one media type such as a/b, of at most 200 printable characters")));
        }
        return type;
    }

    /** As it was recorded; of what is no type, that it is bytes. */
    static String given(String recorded) {
        return isOne(recorded) ? recorded : MediaType.APPLICATION_OCTET_STREAM;
    }

    private static boolean isOne(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        try {
            var type = MediaType.valueOf(text);
            return !type.isWildcardType() && !type.isWildcardSubtype();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
