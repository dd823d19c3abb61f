package io.everstate.e2e.requirement;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read as a class file by the tests of this package; never run, which is why its name is not that of a test. */
class Specimen implements SpecimenContract {

    @Test
    @Tag("ZZ1")
    void plain() {}

    @ParameterizedTest
    @ValueSource(strings = "a")
    @Tag("ZZ2")
    @Tag("ZZ1")
    void manyTimes(String value) {}

    @Test
    void untagged() {}

    @Tag("ZZ3")
    @Nested
    class Inner {

        @Test
        void nested() {}
    }
}
