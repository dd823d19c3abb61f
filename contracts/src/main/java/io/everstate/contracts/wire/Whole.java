package io.everstate.contracts.wire;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What has a meaning only as a whole: whoever acts by it must know every property that it has. A limit that is left out because a later
 * version made it is a limit that does not hold. Who only shows it may leave out what it does not know.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Whole {}
