package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentCacheTest {
    private final DocumentCache cache = new DocumentCache(10);

    @Test
    void forgetsWhatWasUsedLeastLately() {
        cache.keep("a", new byte[4]);
        cache.keep("b", new byte[4]);
        cache.find("a");

        cache.keep("c", new byte[4]);

        assertThat(cache.find("a")).isPresent();
        assertThat(cache.find("b")).isEmpty();
        assertThat(cache.held()).isEqualTo(8);
    }

    @Test
    void holdsNoMoreThanItMay() {
        cache.keep("a", new byte[4]);

        cache.keep("large", new byte[11]);

        assertThat(cache.held()).isZero();
        assertThat(cache.find("large")).isEmpty();
    }

    @Test
    void countsWhatIsKeptTwiceOnce() {
        cache.keep("a", new byte[4]);
        cache.keep("a", new byte[4]);

        assertThat(cache.held()).isEqualTo(4);
    }
}
