package io.everstate.backup.workspace;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file's content can be read as what its name says: a {@code .json} file holds exactly one JSON value, {@code .env} at least one
 * {@code KEY=VALUE}, a {@code .sqlite} file begins like a database; of others only emptiness is seen. Whether a database is sound SQLite
 * itself has to say.
 */
public record FileCondition(Condition condition, @Nullable String explanation) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(export\\s+)?[A-Za-z_][A-Za-z0-9_.]*\\s*=.*");

    public static final FileCondition MISSING = new FileCondition(Condition.MISSING, "the file is not there");
    public static final FileCondition OK = new FileCondition(Condition.OK, null);
    private static final FileCondition EMPTY = new FileCondition(Condition.EMPTY, "the file holds nothing");

    /** The content was read, or SQLite has read it, and it is not what it should be. */
    public static FileCondition unreadable(String why) {
        return new FileCondition(Condition.UNREADABLE, why);
    }

    /** Something is there, and nobody knows what it holds. */
    public static FileCondition inaccessible(String why) {
        return new FileCondition(Condition.INACCESSIBLE, why);
    }

    /** What the spool's disk does to it is its own exception; all else that goes wrong lies in the content. */
    public static FileCondition of(String path, Spool content) {
        if (content.size() == 0) {
            return EMPTY;
        }
        var name = path.substring(path.lastIndexOf('/') + 1);
        if (name.endsWith(".json")) {
            return json(content.open());
        }
        if (name.endsWith(".sqlite") || name.endsWith(".sqlite3")) {
            return database(content.open());
        }
        return name.equals(".env") ? assignments(content.open()) : OK;
    }

    private static FileCondition json(InputStream input) {
        try (JsonParser parser = JSON.createParser(input)) {
            if (parser.nextToken() == null) {
                return unreadable("it holds only white space");
            }
            parser.skipChildren();
            return parser.nextToken() == null ? OK : unreadable("it holds more than one JSON value");
        } catch (JacksonException e) {
            var place = e.getLocation();
            return unreadable(
                    "it is no JSON from line %d, column %d on".formatted(place.getLineNr(), place.getColumnNr()));
        } catch (IOException e) {
            return unreadable("it is no text: " + e.getMessage());
        }
    }

    private static FileCondition database(InputStream input) {
        try (input) {
            return SqliteFiles.isHeader(input.readNBytes(SqliteFiles.HEADER_BYTES))
                    ? OK
                    : unreadable("it does not begin as an SQLite database does");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileCondition assignments(InputStream input) {
        var reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        return reader.lines().anyMatch(line -> ASSIGNMENT.matcher(line).matches())
                ? OK
                : unreadable("it holds no KEY=VALUE");
    }
}
