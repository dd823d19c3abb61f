package io.everstate.e2e.requirement;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** See {@link Specimen}. */
@Tag("ZZ5")
interface SpecimenContract {

    @Test
    @Tag("ZZ4")
    default void inherited() {}
}
