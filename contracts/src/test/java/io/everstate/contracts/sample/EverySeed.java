package io.everstate.contracts.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A property, tried with 100 seeds; a failing one is named by the test's name. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@MethodSource("io.everstate.contracts.sample.EverySeed$Seeds#all")
public @interface EverySeed {
    /** Where JUnit finds the seeds. */
    final class Seeds {
        private Seeds() {}

        static LongStream all() {
            return LongStream.rangeClosed(1, 100);
        }
    }
}
