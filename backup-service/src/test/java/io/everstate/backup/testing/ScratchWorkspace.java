package io.everstate.backup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A bot's workspace with all that the seeds name. */
public record ScratchWorkspace(Path root) {

    public static ScratchWorkspace in(Path root) {
        var workspace = new ScratchWorkspace(root);
        workspace.write("logs/bot_state.json", "{\"balance\":\"10000.00000000\",\"trades\":[1,2,3]}");
        workspace.write("logs/trading.log", "line one\nline two\n");
        workspace.write("configs/alert_config.json", "{\"telegram\":false}");
        workspace.write("configs/bybit_x_config.json", "{\"testnet\":true}");
        workspace.write("scripts/start.sh", "#!/bin/sh\nexec python3 bot.py\n");
        workspace.write("backtrader_engine/engine.py", "print('engine')\n");
        workspace.write(".env", "API_KEY=abc\nMODE=paper\n");
        return workspace;
    }

    /** In a directory that other tests had before: nothing of theirs remains. */
    public static ScratchWorkspace anew(Path root) {
        Tree.empty(root);
        return in(root);
    }

    public Path path(String relative) {
        return root.resolve(relative);
    }

    public void write(String relative, String content) {
        write(relative, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public void write(String relative, byte[] content) {
        try {
            var path = path(relative);
            Files.createDirectories(path.getParent());
            Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(String relative) {
        try {
            Files.delete(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file by its path, with its content; links with their targets; Everstate's own directory left out. */
    public Map<String, String> content() {
        var found = new TreeMap<String, String>();
        try (var paths = Files.walk(root)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                var relative = root.relativize(path).toString();
                if (relative.startsWith(".everstate") || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                found.put(
                        relative,
                        Files.isSymbolicLink(path)
                                ? "-> " + Files.readSymbolicLink(path)
                                : Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
